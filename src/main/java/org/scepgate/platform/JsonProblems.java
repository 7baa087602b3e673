package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

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
}
