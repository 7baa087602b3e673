package org.scepgate.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The server process of one data directory: found through postmaster.pid, also when an earlier JVM left it behind. */
record Postmaster(Path data, PostgresCommand command) {
    private static final String PATIENCE_SECONDS = "60";

    /** Starts the server and returns when it accepts connections on this port. */
    void start(int port) {
        command.run(
                "pg_ctl",
                List.of(
                        "start",
                        "-w",
                        "-t",
                        PATIENCE_SECONDS,
                        "-D",
                        data.toString(),
                        "-l",
                        command.log().toString(),
                        "-o",
                        "-p " + port));
    }

    /** Stops the server if it runs: clients are cut off, what was committed stays. */
    void stop() {
        Optional<ProcessHandle> server = process();
        if (server.isEmpty()) {
            return;
        }
        if (stopped("fast") != 0 && stopped("immediate") != 0) {
            throw new CannotStartException("PostgreSQL, process " + server.get().pid() + ", does not stop");
        }
        awaitEnd(server.get());
    }

    /** Makes way for a start where the JVM was killed: stops a server left running, drops a file that names another. */
    void recover() {
        stop();
        if (pid().flatMap(ProcessHandle::of).isPresent()) {
            // The number was given to a stranger since; PostgreSQL would take that for its own server and give up.
            try {
                Files.delete(pidFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The process named in postmaster.pid, if it is this directory's server and not a stranger with its number. */
    Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of).filter(this::servesThisDirectory);
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean isPostgres = info.command()
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
        // Windows tells no arguments: there the program's name must do.
        return isPostgres
                && info.arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .orElse(true);
    }

    private Optional<Long> pid() {
        try {
            return Files.exists(pidFile())
                    ? Files.readAllLines(pidFile()).stream().findFirst().map(line -> Long.valueOf(line.strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private int stopped(String mode) {
        List<String> arguments = List.of("stop", "-w", "-t", PATIENCE_SECONDS, "-m", mode, "-D", data.toString());
        return command.status("pg_ctl", arguments, "");
    }

    private static void awaitEnd(ProcessHandle server) {
        // pg_ctl waits for the file to go, which is a moment before the process.
        try {
            server.onExit().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("cannot wait for process " + server.pid(), e);
        }
    }
}
