package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.DocumentedTests;

/** The tables of docs/protocol.md are complete, and every test they name exists. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "protocol.md");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:-(\\d+))?");

    private static List<String[]> rows(String heading) throws IOException {
        return DocumentedTests.rows(DOCUMENT, heading).stream()
                .filter(cells -> cells[1].matches(" \\d.*"))
                .toList();
    }

    private static List<Integer> numbers(String heading) throws IOException {
        return rows(heading).stream()
                .flatMap(cells -> numbersIn(cells[1]).boxed())
                .toList();
    }

    private static IntStream numbersIn(String cell) {
        return NUMBERS.matcher(cell)
                .results()
                .flatMapToInt(found -> IntStream.rangeClosed(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2) == null ? found.group(1) : found.group(2))));
    }

    @Test
    void hasOneRowForEveryItemOfTheChecklist() throws IOException {
        assertThat(numbers("Checklist"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 120).boxed().toList());
    }

    @Test
    void hasOneRowForEveryHabitOfClients() throws IOException {
        assertThat(numbers("Clients"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 23).boxed().toList());
    }

    /** Items 1 to 120 are promises about what goes over the wire, so each is tried there. */
    @Test
    void namesTestsThatExistInEveryRowAndOneAgainstThePackagedServer() throws IOException {
        DocumentedTests tests = DocumentedTests.ofThisProject();
        for (String[] row : Stream.concat(rows("Checklist").stream(), rows("Clients").stream())
                .toList()) {
            assertThat(tests.requireIn(row))
                    .as(row[1] + " names an integration test")
                    .anyMatch(test -> test.type().endsWith("IT"));
        }
    }

    @Test
    void staysReadable() throws IOException {
        assertThat(Files.readAllLines(DOCUMENT)).hasSizeLessThanOrEqualTo(200);
    }
}
