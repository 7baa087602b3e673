package org.scepgate;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.DocumentedTests;

/** What docs/security.md and docs/reliability.md say is shown by the tests they name. */
class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "security.md");

    private static final Path RELIABILITY = Path.of("docs", "reliability.md");

    /** Its third column; what was seen is the last. */
    @Test
    void namesTestsThatExistInEveryRowOfWhatWasTriedToBreakIt() throws IOException {
        DocumentedTests tests = DocumentedTests.ofThisProject();
        for (String[] row : DocumentedTests.rows(RELIABILITY, "Tries")) {
            tests.requireIn(new String[] {row[2], row[3]});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cases it learns from", "Threats"})
    void namesTestsThatExistInEveryRow(String heading) throws IOException {
        DocumentedTests tests = DocumentedTests.ofThisProject();
        for (String[] row : DocumentedTests.rows(DOCUMENT, heading)) {
            tests.requireIn(row);
        }
    }
}
