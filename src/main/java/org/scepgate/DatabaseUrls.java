package org.scepgate;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The two URLs of the one database, of which an operator needs to set only one. */
record DatabaseUrls(Optional<String> reactive, Optional<String> jdbc) {
    static final String REACTIVE = "quarkus.datasource.reactive.url";
    static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final String VERTX_PREFIX = "vertx-reactive:";

    static DatabaseUrls of(Config config) {
        return new DatabaseUrls(
                config.getOptionalValue(REACTIVE, String.class), config.getOptionalValue(JDBC, String.class));
    }

    boolean isEmpty() {
        return reactive.isEmpty() && jdbc.isEmpty();
    }

    /** What keeps the missing URL from being derived of the other. */
    Optional<String> problem() {
        if (reactive.isPresent() == jdbc.isPresent()) {
            return Optional.empty();
        }
        String given = reactive.map(DatabaseUrls::withoutVertx).orElseGet(() -> withoutJdbc(jdbc.orElseThrow()));
        String givenKey = reactive.isPresent() ? REACTIVE : JDBC;
        if (!given.startsWith("postgresql://")) {
            return Optional.of(givenKey + " is no URL of PostgreSQL, for example "
                    + (reactive.isPresent() ? "" : "jdbc:") + "postgresql://db:5432/scepgate");
        }
        // User names, several hosts and parameters are written differently in the two.
        if (given.contains("@") || given.contains(",") || given.contains("?")) {
            String missingKey = reactive.isPresent() ? JDBC : REACTIVE;
            return Optional.of(missingKey + " is not set: it is derived from " + givenKey
                    + " only where that is a plain postgresql://host:port/database");
        }
        return Optional.empty();
    }

    /** Sets the missing URL; system properties are the one source that can still be added to at this point. */
    void complete() {
        if (jdbc.isEmpty()) {
            reactive.ifPresent(url -> System.setProperty(JDBC, "jdbc:" + withoutVertx(url)));
        } else if (reactive.isEmpty()) {
            System.setProperty(REACTIVE, withoutJdbc(jdbc.get()));
        }
    }

    private static String withoutVertx(String url) {
        return url.startsWith(VERTX_PREFIX) ? url.substring(VERTX_PREFIX.length()) : url;
    }

    private static String withoutJdbc(String url) {
        return url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    }
}
