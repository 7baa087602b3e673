package org.scepgate.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.scepgate.dev.LocalPostgres;

/** A fresh PostgreSQL for {@code @WithTestResource}, or by hand for tests that start the packaged server. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    /** The unpacked programs, shared by the tests of one checkout. */
    public static final Path PROGRAMS = Path.of("target", "postgres");

    private Path folder;
    private LocalPostgres postgres;

    /** The settings that make a server, in this JVM or another, use the database. */
    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("scepgate-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = LocalPostgres.start(folder, PROGRAMS);
        return Map.of(
                "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                "quarkus.datasource.username", postgres.user(),
                "quarkus.datasource.password", postgres.password());
    }

    @Override
    public void stop() {
        if (postgres == null) {
            return;
        }
        postgres.close();
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
