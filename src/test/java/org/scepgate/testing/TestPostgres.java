package org.scepgate.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL of its own for a run of tests, as durable as a real one: what it committed is on the disk. */
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "postgres";
    // Kept, since loggers nobody holds forget their level. Every line of initdb would be logged.
    private static final Logger CHATTER = Logger.getLogger("io.zonky.test");

    private final EmbeddedPostgres postgres;

    private TestPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static TestPostgres start() {
        CHATTER.setLevel(Level.WARNING);
        try {
            return new TestPostgres(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database. */
    public Database create(String name) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return new Database(postgres.getPort(), name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One database and how to reach it. */
    public record Database(int port, String name) {
        public String jdbcUrl() {
            return "jdbc:postgresql://localhost:" + port + "/" + name;
        }

        /** The settings that point the server at it. */
        public Map<String, String> settings() {
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    "postgresql://localhost:" + port + "/" + name,
                    "quarkus.datasource.jdbc.url",
                    jdbcUrl(),
                    "quarkus.datasource.username",
                    USER,
                    "quarkus.datasource.password",
                    USER);
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl(), USER, USER);
        }
    }
}
