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

    private TestPostgres(Path folder) {
        this.folder = folder;
        this.postgres = LocalPostgres.start(folder, PROGRAMS);
        // It must not outlive the tests, not even when they are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
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
            long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                    .get(0)
                    .strip());
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
