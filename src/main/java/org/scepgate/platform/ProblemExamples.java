package org.scepgate.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;

/** Shows what an error looks like: one problem document for each code that its description names. */
final class ProblemExamples {
    private static final Pattern CODES = Pattern.compile("Codes?: ([a-z, -]+)");

    private ProblemExamples() {}

    /** By code; empty where the description names none. */
    static Map<String, Example> of(String status, String description) {
        Map<String, Example> examples = new LinkedHashMap<>();
        for (String code : codesIn(description)) {
            examples.put(code, example(Integer.parseInt(status), code));
        }
        return examples;
    }

    private static List<String> codesIn(String description) {
        Matcher codes = CODES.matcher(description == null ? "" : description);
        return codes.find() ? List.of(codes.group(1).strip().split(", *")) : List.of();
    }

    private static Example example(int status, String code) {
        Problem problem = Problem.of(status, code, ProblemCodes.meanings().getOrDefault(code, code));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.type());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("code", problem.code());
        document.put("detail", problem.detail());
        return OASFactory.createExample().value(document);
    }
}
