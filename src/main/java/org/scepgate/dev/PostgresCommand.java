package org.scepgate.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs PostgreSQL's own programs, of which none works for root, and keeps what they print in a log. */
record PostgresCommand(PostgresBinaries binaries, Path log) {
    private static final int LINES_SHOWN = 5;
    private static final long ROOT = 0;

    /** Runs to the end; a failure carries the end of the log. */
    void run(String program, List<String> arguments) {
        run(program, arguments, "");
    }

    void run(String program, List<String> arguments, String input) {
        int status = status(program, arguments, input);
        if (status != 0) {
            throw new CannotStartException(
                    program + " ended with status " + status + ", the end of " + log + " is:" + endOfLog());
        }
    }

    int status(String program, List<String> arguments, String input) {
        try {
            Process process = builder(program, arguments).start();
            try (var toProgram = process.getOutputStream()) {
                toProgram.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new CannotStartException(cannotRun(program) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("interrupted while " + program + " ran", e);
        }
    }

    private ProcessBuilder builder(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // In a user namespace of its own, without a mapping, PostgreSQL sees itself as nobody and agrees to run.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // A developer's PGPORT or PGDATA is about another server, and messages are read in English.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        // Not the project's folder: it may be one that "nobody" cannot enter.
        builder.directory(new File(binaries.folder().toString()));
        return builder;
    }

    private static String cannotRun(String program) {
        return isRoot()
                ? "PostgreSQL runs for root through \"unshare\" (Debian package util-linux), which does not start "
                        + program
                : program + " does not start";
    }

    private static boolean isRoot() {
        Path self = Path.of("/proc/self");
        try {
            return Files.exists(self) && ((Number) Files.getAttribute(self, "unix:uid")).longValue() == ROOT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return " (unreadable: " + e.getMessage() + ")";
        }
    }
}
