package org.scepgate.dev;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Everything a server needs that nobody configured: made in one private folder and handed over as settings. */
final class DevEnvironment implements AutoCloseable {
    private static final String CA = "development";

    private final Config config;
    private final PrivateFolder home;
    private final Map<String, String> settings = new HashMap<>();
    private LocalPostgres postgres;

    private DevEnvironment(Config config, PrivateFolder home) {
        this.config = config;
        this.home = home;
    }

    /** Makes what is missing. Whatever the developer configured is left as it is. */
    static DevEnvironment open(Path folder, Config config) {
        DevEnvironment environment = new DevEnvironment(config, PrivateFolder.at(folder));
        try {
            environment.make();
            return environment;
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private void make() {
        addDatabase();
        addAuthority();
        DevIssuer.makeKeys(home);
        addPepper();
        addIdempotencyKey();
        settings.forEach(System::setProperty);
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Takes the settings back, for the next start in this JVM (live reload) makes its own, and stops the database. */
    @Override
    public synchronized void close() {
        settings.keySet().forEach(System::clearProperty);
        settings.clear();
        if (postgres != null) {
            postgres.close();
        }
    }

    private void addDatabase() {
        if (isConfigured("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url")) {
            return;
        }
        postgres = LocalPostgres.start(home.path());
        settings.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.put("quarkus.datasource.username", postgres.user());
        settings.put("quarkus.datasource.password", postgres.password());
    }

    private void addAuthority() {
        if (!isConfigured("scepgate.cas." + CA + ".ca-keystore")) {
            settings.putAll(new DevAuthority(home).settings(CA));
        }
    }

    private void addPepper() {
        if (!isConfigured("scepgate.challenge.pepper", "scepgate.challenge.pepper-file")) {
            settings.put("scepgate.challenge.pepper", home.secret("pepper"));
        }
    }

    private void addIdempotencyKey() {
        if (!isConfigured("scepgate.idempotency.key", "scepgate.idempotency.key-file")) {
            settings.put("scepgate.idempotency.key", home.secret("idempotency-key"));
        }
    }

    private boolean isConfigured(String... keys) {
        return Stream.of(keys)
                .anyMatch(key -> config.getOptionalValue(key, String.class)
                        .filter(value -> !value.isBlank())
                        .isPresent());
    }
}
