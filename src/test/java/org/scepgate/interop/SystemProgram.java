package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test runs in a folder of its own. */
record SystemProgram(Path file) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a run left behind: its exit code and all it printed. */
    record Outcome(int exitCode, String output) {}

    /** Skips the test where the program is missing, or fails it where none may be missing. */
    static SystemProgram require(String name, String packages) {
        Optional<SystemProgram> found = find(name);
        if (found.isEmpty()) {
            String missing = "needs the program '" + name + "': apt-get install " + packages;
            if (Boolean.getBoolean("scepgate.interop.required") || "true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            // JUnit's reports keep the reason of a skip to themselves, and whoever runs the tests should see it.
            System.err.println("SKIPPED: " + missing);
            Assumptions.abort(missing);
        }
        return found.orElseThrow();
    }

    static Optional<SystemProgram> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(SystemProgram::new);
    }

    /** Runs the program and insists that it succeeds. */
    String run(Path folder, String... arguments) {
        Outcome outcome = tryToRun(folder, arguments);
        assertThat(outcome.exitCode())
                .as(file.getFileName() + " " + List.of(arguments).get(0) + "\n" + outcome.output())
                .isZero();
        return outcome.output();
    }

    Outcome tryToRun(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return new Outcome(exitCode(process), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int exitCode(Process process) {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return fail(file.getFileName() + " did not end");
    }
}
