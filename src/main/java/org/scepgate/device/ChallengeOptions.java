package org.scepgate.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The two ways to give a challenge. */
final class ChallengeOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--challenge",
            paramLabel = "SECRET",
            description = "the challenge; other users of this machine can see it while the command runs")
    private String challenge;

    @Option(
            names = "--challenge-file",
            paramLabel = "FILE",
            description = "a file whose first line is the challenge; - is the standard input")
    private String file;

    Optional<String> find() throws CommandException {
        if (challenge != null && file != null) {
            throw CommandException.usage("give --challenge or --challenge-file, not both");
        }
        if (file != null) {
            return Optional.of(read());
        }
        return Optional.ofNullable(challenge).filter(secret -> !secret.isEmpty());
    }

    private String read() throws CommandException {
        try {
            byte[] content = file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> CommandException.usage("the challenge file is empty"));
        } catch (IOException e) {
            throw CommandException.usage("cannot read the challenge file");
        }
    }
}
