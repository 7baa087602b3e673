package org.scepgate.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import picocli.CommandLine.Option;

/** The options that say where the database is; what they leave open is taken from the server's own environment. */
final class DatabaseOptions {
    private static final String PREFIX = "jdbc:";
    private static final String REACTIVE_PREFIX = "vertx-reactive:";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "such as jdbc:postgresql://db:5432/scepgate (or QUARKUS_DATASOURCE_JDBC_URL,"
                    + " QUARKUS_DATASOURCE_REACTIVE_URL)")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "may read only (or QUARKUS_DATASOURCE_USERNAME)")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "holds the password (or QUARKUS_DATASOURCE_PASSWORD)")
    private Path passwordFile;

    Connection connect() throws CannotVerifyException {
        return connect(System.getenv());
    }

    private Connection connect(Map<String, String> environment) throws CannotVerifyException {
        Properties properties = new Properties();
        put(properties, "user", user != null ? user : environment.get("QUARKUS_DATASOURCE_USERNAME"));
        put(properties, "password", password(environment));
        properties.setProperty("ApplicationName", "scepgate audit");
        String address = address(environment);
        try {
            // Not by DriverManager, which does not see the drivers of the packaged application.
            Connection connection = new Driver().connect(address, properties);
            if (connection == null) {
                throw new CannotVerifyException("--url is no URL of PostgreSQL");
            }
            return connection;
        } catch (SQLException unreachable) {
            throw new CannotVerifyException("cannot reach the database: " + unreachable.getMessage());
        }
    }

    private String address(Map<String, String> environment) throws CannotVerifyException {
        String given = url != null
                ? url
                : environment.getOrDefault(
                        "QUARKUS_DATASOURCE_JDBC_URL", environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        if (given == null) {
            throw new CannotVerifyException("--url is missing");
        }
        String bare = given.startsWith(REACTIVE_PREFIX) ? given.substring(REACTIVE_PREFIX.length()) : given;
        return bare.startsWith(PREFIX) ? bare : PREFIX + bare;
    }

    private String password(Map<String, String> environment) throws CannotVerifyException {
        return passwordFile != null ? contentOf(passwordFile) : environment.get("QUARKUS_DATASOURCE_PASSWORD");
    }

    private static void put(Properties properties, String key, String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }

    static String contentOf(Path file) throws CannotVerifyException {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new CannotVerifyException("cannot read " + file);
        }
    }
}
