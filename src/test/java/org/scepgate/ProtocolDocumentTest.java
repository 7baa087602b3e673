package org.scepgate;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/protocol.md are complete, and every test they name exists. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "protocol.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:-(\\d+))?");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w*(?:Test|IT))?(?:\\.([a-z]\\w*))?");

    /** A row: the numbers it is about and the cells beside them. */
    private record Row(List<Integer> numbers, String tests) {}

    /** A test that a row names; the method may be left out. */
    private record Named(String type, String method) {}

    private static List<Row> rows(String heading) throws IOException {
        String section = Files.readString(DOCUMENT)
                .split("(?m)^## " + Pattern.quote(heading) + "$")[1]
                .split("(?m)^## ")[0];
        return section.lines()
                .filter(line -> line.matches("\\| \\d.*"))
                .map(line -> line.split("(?<!\\\\)\\|"))
                .map(cells -> new Row(numbers(cells[1]), cells[cells.length - 1]))
                .toList();
    }

    private static List<Integer> numbers(String cell) {
        return NUMBERS.matcher(cell)
                .results()
                .flatMapToInt(found -> IntStream.rangeClosed(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2) == null ? found.group(1) : found.group(2))))
                .boxed()
                .toList();
    }

    /** The tests of a row, where {@code .method} belongs to the class named last. */
    private static List<Named> testsOf(Row row) {
        List<Named> named = new ArrayList<>();
        String type = null;
        for (String code :
                CODE.matcher(row.tests()).results().map(found -> found.group(1)).toList()) {
            Matcher test = TEST.matcher(code);
            assertThat(test.matches()).as(row + ": `" + code + "` is a test").isTrue();
            type = test.group(1) == null ? type : test.group(1);
            assertThat(type).as(row + ": the class of `" + code + "`").isNotNull();
            named.add(new Named(type, test.group(2)));
        }
        return named;
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Map<String, String> sources = new HashMap<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
            return sources;
        }
    }

    @Test
    void hasOneRowForEveryItemOfTheChecklist() throws IOException {
        assertThat(rows("Checklist").stream().flatMap(row -> row.numbers().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 120).boxed().toList());
    }

    @Test
    void hasOneRowForEveryHabitOfClients() throws IOException {
        assertThat(rows("Clients").stream().flatMap(row -> row.numbers().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 23).boxed().toList());
    }

    @Test
    void namesTestsThatExistInEveryRow() throws IOException {
        Map<String, String> sources = sources();
        for (Row row : Stream.concat(rows("Checklist").stream(), rows("Clients").stream())
                .toList()) {
            List<Named> named = testsOf(row);
            assertThat(named).as(row + " names a test").isNotEmpty();
            assertThat(sources.keySet())
                    .as("" + row)
                    .containsAll(named.stream().map(Named::type).toList());
            assertThat(named.stream().filter(test -> test.method() != null))
                    .as("" + row)
                    .allSatisfy(test ->
                            assertThat(testMethods(sources.get(test.type()))).contains(test.method()));
        }
    }

    /** Items 1 to 120 are promises about what goes over the wire, so each is tried there. */
    @Test
    void namesATestAgainstThePackagedServerInEveryRow() throws IOException {
        for (Row row : Stream.concat(rows("Checklist").stream(), rows("Clients").stream())
                .toList()) {
            List<String> types = testsOf(row).stream().map(Named::type).toList();
            assertThat(types).as(row + " names an integration test").anyMatch(type -> type.endsWith("IT"));
        }
    }

    private static List<String> testMethods(String source) {
        Pattern method = Pattern.compile("@(?:Parameterized|Repeated)?Test\\b(?s:.*?)\\bvoid (\\w+)\\(");
        return method.matcher(source).results().map(found -> found.group(1)).toList();
    }

    @Test
    void staysReadable() throws IOException {
        assertThat(Files.readAllLines(DOCUMENT)).hasSizeLessThanOrEqualTo(200);
    }
}
