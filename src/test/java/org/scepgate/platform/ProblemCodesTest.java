package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of codes is the one that the source has, and the one that the documentation has. */
class ProblemCodesTest {
    private static final Pattern USE =
            Pattern.compile("(?:badRequest|notFound|conflict|forbidden|tooManyRequests|unprocessable|Problem\\s*\\.of)"
                    + "\\(\\s*(?:\\d+,\\s*)?\"([a-z.-]+)\"");

    @Test
    void listsEveryCodeOfTheSourceAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                Matcher uses = USE.matcher(read(file));
                while (uses.find()) {
                    used.add(uses.group(1));
                }
            });
        }
        // Answers in plain text to devices, and the start of a code that a state ends.
        used.removeIf(code -> code.startsWith("scep.") || code.equals("request-"));
        used.addAll(Set.of("request-approved", "request-denied"));

        assertThat(ProblemCodes.meanings().keySet()).containsExactlyElementsOf(used);
    }

    @Test
    void areAllExplainedInTheDocumentation() {
        String documentation = read(Path.of("docs/api.md"));

        assertThat(ProblemCodes.meanings().keySet())
                .allSatisfy(code -> assertThat(documentation).contains("`" + code + "`"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
