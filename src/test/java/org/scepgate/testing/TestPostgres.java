package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.scepgate.dev.LocalPostgres;

/** A PostgreSQL of its own for a run of tests, as durable as a real one: what it committed is on the disk. */
public final class TestPostgres implements AutoCloseable {
    /** The unpacked programs, shared by all tests of a checkout. */
    public static final Path PROGRAMS = Path.of("target", "postgres");

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final LocalPostgres postgres;
    private final int port;

    private TestPostgres(Path folder) {
        this.folder = folder;
        this.postgres = LocalPostgres.start(folder, PROGRAMS);
        this.port = new Database(postgres, "postgres").port();
        // It must not outlive the tests, not even when they are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    }

    /** In a folder that may be on a disk of its own; {@link #close()} empties it. */
    public static TestPostgres start(Path folder) {
        return new TestPostgres(folder);
    }

    public static TestPostgres start() {
        try {
            return new TestPostgres(Files.createTempDirectory("scepgate-postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database. */
    public Database create(String name) {
        Database database = new Database(postgres, name);
        try (Connection connection = new Database(postgres, "postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server and all connections; {@code fast}, as an operator does, or {@code immediate}, as a crash does. */
    public void stop(String mode) {
        control("stop", "-w", "-m", mode);
    }

    /** Starts it again where it was, or leaves one alone that runs. */
    public void startAgain() {
        if (!isRunning()) {
            control("start", "-w", "-o", "-p " + port, "-l", log().toString());
        }
    }

    /** Whether its main process is there. */
    public boolean isRunning() {
        return Files.exists(data().resolve("postmaster.pid")) && control("status") == 0;
    }

    /** What PostgreSQL has written down since it was started first. */
    public Path log() {
        return folder.resolve("postgres.log");
    }

    private Path data() {
        return folder.resolve("postgres");
    }

    private int control(String command, String... arguments) {
        List<String> line = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // As LocalPostgres does: pg_ctl does not work for root.
            line.addAll(List.of("unshare", "-U"));
        }
        line.addAll(List.of(program("pg_ctl").toString(), command, "-D", data().toString()));
        line.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Offers TLS with this certificate and its key, beside connections without. */
    public void encrypt(byte[] certificate, byte[] key) {
        try (Connection connection = new Database(postgres, "postgres").connect();
                Statement statement = connection.createStatement()) {
            Files.write(folder.resolve("postgres/server.crt"), certificate);
            Path secret = Files.createFile(folder.resolve("postgres/server.key"), PRIVATE);
            Files.write(secret, key);
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path program(String name) {
        try (Stream<Path> files = Files.walk(PROGRAMS)) {
            return files.filter(file -> file.endsWith(Path.of("bin", name)))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops every process of the server where it stands, as a machine that swaps or a hung disk does: SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets them go on; does nothing to a server that runs. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
            ProcessHandle parent = ProcessHandle.of(postmaster).orElseThrow();
            List<String> command = new ArrayList<>(List.of("/bin/kill", "-" + name));
            Stream.concat(Stream.of(parent), parent.descendants())
                    .map(process -> Long.toString(process.pid()))
                    .forEach(command::add);
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        postgres.close();
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One database and how to reach it. */
    public record Database(LocalPostgres server, String name) {
        public String jdbcUrl() {
            return server.jdbcUrl(name);
        }

        /** Where its server listens. */
        public int port() {
            return Integer.parseInt(jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
        }

        /** The settings that point the server at it. */
        public Map<String, String> settings() {
            return Map.of(
                    "quarkus.datasource.reactive.url", server.reactiveUrl(name),
                    "quarkus.datasource.jdbc.url", jdbcUrl(),
                    "quarkus.datasource.username", server.user(),
                    "quarkus.datasource.password", server.password());
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl(), server.user(), server.password());
        }
    }
}
