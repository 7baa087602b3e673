package org.scepgate.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of this folder's own: made on first start, kept across restarts, stopped by {@link #close()}.
 *
 * <p>It listens on the loopback address alone, asks for a generated password, and is as durable as a production
 * server. One that a killed JVM left running is found and stopped on the next start.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String NAME = "scepgate";
    private static final int START_ATTEMPTS = 3;

    private final PrivateFolder home;
    private final FolderLock lock;
    private final PostgresCommand command;
    private final Postmaster postmaster;
    private int port;

    private LocalPostgres(PrivateFolder home, FolderLock lock, PostgresCommand command) {
        this.home = home;
        this.lock = lock;
        this.command = command;
        this.postmaster = new Postmaster(home.file("postgres"), command);
    }

    /** Starts the server of this folder; the programs are unpacked into the same folder. */
    public static LocalPostgres start(Path folder) {
        return start(folder, folder);
    }

    /** Starts the server of this folder, with programs shared with the servers of other folders. */
    public static LocalPostgres start(Path folder, Path programs) {
        PrivateFolder home = PrivateFolder.at(folder);
        FolderLock lock = FolderLock.take(home);
        try {
            PostgresBinaries binaries = PostgresBinaries.in(PrivateFolder.at(programs));
            LocalPostgres postgres =
                    new LocalPostgres(home, lock, new PostgresCommand(binaries, home.file("postgres.log")));
            postgres.start();
            return postgres;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public String reactiveUrl() {
        return reactiveUrl(NAME);
    }

    /** The URL of another database that somebody made on this server. */
    public String reactiveUrl(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String jdbcUrl() {
        return jdbcUrl(NAME);
    }

    public String jdbcUrl(String database) {
        return "jdbc:" + reactiveUrl(database);
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return home.secret("postgres.password");
    }

    /** Stops the server and waits until its process is gone; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (port != 0) {
            port = 0;
            postmaster.stop();
            lock.close();
        }
    }

    private void start() {
        try {
            postmaster.recover();
            Files.deleteIfExists(command.log());
            if (!Files.exists(postmaster.data())) {
                makeCluster();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startOnFreePort(START_ATTEMPTS);
    }

    private void startOnFreePort(int attempts) {
        int free = freePort();
        try {
            postmaster.start(free);
            port = free;
        } catch (CannotStartException e) {
            // Another process may have taken the port meanwhile, or the last server's children are still leaving.
            postmaster.stop();
            if (attempts == 1) {
                throw e;
            }
            startOnFreePort(attempts - 1);
        }
    }

    private void makeCluster() throws IOException {
        Path unfinished = home.file("postgres.unfinished");
        delete(unfinished);
        home.secret("postgres.password");
        command.run("initdb", initArguments(unfinished));
        command.run(
                "postgres",
                List.of("--single", "-F", "-D", unfinished.toString(), "postgres"),
                "CREATE DATABASE " + NAME + " STRATEGY = FILE_COPY\n");
        // To the disk once, when all is there, instead of after each step.
        command.run("initdb", List.of("--sync-only", "--pgdata=" + unfinished));
        Files.move(unfinished, postmaster.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initArguments(Path data) {
        return List.of(
                "--pgdata=" + data,
                "--no-sync",
                "--username=" + NAME,
                "--pwfile=" + home.file("postgres.password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--set=listen_addresses=127.0.0.1",
                "--set=unix_socket_directories=",
                // Two servers under load and what tests open beside them.
                "--set=max_connections=200",
                // PostgreSQL's defaults, said aloud: what was answered must outlive kill -9.
                "--set=fsync=on",
                "--set=synchronous_commit=on");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
