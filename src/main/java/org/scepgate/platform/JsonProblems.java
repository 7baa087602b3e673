package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Says which field of a JSON body is wrong and why, without quoting the body: it may hold a secret. */
final class JsonProblems {
    private JsonProblems() {}

    static Problem of(JsonProcessingException malformed) {
        if (malformed instanceof MismatchedInputException mismatch) {
            return of(mismatch);
        }
        String where = malformed.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
        return Problem.of(400, "malformed-json", "the body is not well-formed JSON" + where);
    }

    static Problem of(MismatchedInputException mismatch) {
        String field = pathOf(mismatch);
        if (mismatch instanceof UnrecognizedPropertyException) {
            return Problem.of(400, "unknown-field", "there is no such field").withField(field);
        }
        if (field.isEmpty()) {
            return Problem.of(400, "malformed-json", "the body has to be one JSON object");
        }
        return Problem.of(400, "wrong-type", "the value has to be " + expected(mismatch))
                .withField(field);
    }

    static Problem of(ConstraintViolationException failure) {
        List<Problem.FieldViolation> all = failure.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldViolation(fieldOf(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldViolation::field)
                        .thenComparing(Problem.FieldViolation::detail))
                .toList();
        Problem.FieldViolation first = all.get(0);
        Problem problem = Problem.of(400, "invalid-value", first.detail()).withField(first.field());
        return all.size() == 1 ? problem : problem.withViolations(all);
    }

    private static String pathOf(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        return Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String fieldOf(ConstraintViolation<?> violation) {
        // The first nodes name the Java method and its parameter, which a caller does not know.
        List<Path.Node> nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() != ElementKind.METHOD)
                .toList();
        int skipped = nodes.size() > 1 && nodes.get(0).getKind() == ElementKind.PARAMETER ? 1 : 0;
        return String.join(
                ".", nodes.stream().skip(skipped).map(Path.Node::toString).toList());
    }
}
