package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that the tables of a document name in their last column, and whether they are there. */
public final class DocumentedTests {
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w*(?:Test|IT))?(?:\\.([a-z]\\w*))?");
    private static final Pattern METHOD =
            Pattern.compile("@(?:Parameterized|Repeated|Fuzz)?Test\\b(?s:.*?)\\bvoid (\\w+)\\(");

    private final Map<String, String> sources;

    private DocumentedTests(Map<String, String> sources) {
        this.sources = sources;
    }

    /** A test that a row names; the method may be left out. */
    public record Named(String type, String method) {}

    public static DocumentedTests ofThisProject() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Map<String, String> sources = new HashMap<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
            return new DocumentedTests(sources);
        }
    }

    /** The rows below a heading of the second level, as cells; those of a table's head are left out. */
    public static List<String[]> rows(Path document, String heading) throws IOException {
        String section = Files.readString(document)
                .split("(?m)^## " + Pattern.quote(heading) + "$")[1]
                .split("(?m)^## ")[0];
        List<String> lines =
                section.lines().filter(line -> line.startsWith("|")).toList();
        return lines.subList(2, lines.size()).stream()
                .map(line -> line.split("(?<!\\\\)\\|"))
                .toList();
    }

    /** The tests of a row, where {@code .method} belongs to the class named last; fails if one is not there. */
    public List<Named> requireIn(String[] row) {
        String label = String.join("|", row);
        List<Named> named = named(row[row.length - 1], label);
        assertThat(named).as(label + " names a test").isNotEmpty();
        for (Named test : named) {
            assertThat(sources).as(label).containsKey(test.type());
            if (test.method() != null) {
                assertThat(methodsOf(test.type())).as(label).contains(test.method());
            }
        }
        return named;
    }

    private static List<Named> named(String cell, String label) {
        List<Named> named = new ArrayList<>();
        String type = null;
        for (String code :
                CODE.matcher(cell).results().map(found -> found.group(1)).toList()) {
            Matcher test = TEST.matcher(code);
            assertThat(test.matches()).as(label + ": `" + code + "` is a test").isTrue();
            type = test.group(1) == null ? type : test.group(1);
            assertThat(type).as(label + ": the class of `" + code + "`").isNotNull();
            named.add(new Named(type, test.group(2)));
        }
        return named;
    }

    private List<String> methodsOf(String type) {
        return METHOD.matcher(sources.get(type))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
