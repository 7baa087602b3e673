package org.scepgate.device;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The two ways to give a challenge. */
final class ChallengeOptions {
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
        return TextFile.lines(file, "the challenge file").stream()
                .findFirst()
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> CommandException.usage("the challenge file is empty"));
    }
}
