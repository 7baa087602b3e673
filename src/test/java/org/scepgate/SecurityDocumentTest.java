package org.scepgate;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.DocumentedTests;

/** What docs/security.md says is shown by the tests it names. */
class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "security.md");

    @ParameterizedTest
    @ValueSource(strings = {"Cases it learns from", "Threats"})
    void namesTestsThatExistInEveryRow(String heading) throws IOException {
        DocumentedTests tests = DocumentedTests.ofThisProject();
        for (String[] row : DocumentedTests.rows(DOCUMENT, heading)) {
            tests.requireIn(row);
        }
    }
}
