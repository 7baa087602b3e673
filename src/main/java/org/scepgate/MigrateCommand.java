package org.scepgate;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema up to this release and ends, in place of the server, when the first argument is {@code migrate}.
 *
 * <p>For an upgrade that migrates before its first server starts; those have {@code quarkus.flyway.migrate-at-start=false}.
 * Of the server's configuration it reads the database alone, and waits for the same lock as a server that migrates.
 */
final class MigrateCommand {
    private static final String NAME = "migrate";
    private static final String LOCATION = "classpath:db/migration";
    private static final int MIGRATED = 0;
    private static final int FAILED = 1;

    private MigrateCommand() {}

    static boolean isMeantBy(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(NAME);
    }

    /** @return the exit code of the process */
    static int run() {
        Config config = Server.config();
        List<String> problems = new StartupCheck(config).databaseProblems();
        if (!problems.isEmpty()) {
            return fail(problems);
        }
        DatabaseUrls.of(config).complete();
        try {
            MigrateResult result = flyway(config).migrate();
            String version = Optional.ofNullable(result.targetSchemaVersion).orElse(result.initialSchemaVersion);
            System.out.println("scepgate: the schema is at version " + version + ", " + result.migrationsExecuted
                    + " migrations ran");
            return MIGRATED;
        } catch (FlywayException failure) {
            List<String> lines = StartFailure.linesFor(failure);
            return fail(lines.isEmpty() ? List.of(NAME + ": " + failure.getMessage()) : lines);
        }
    }

    private static Flyway flyway(Config config) {
        return Flyway.configure(MigrateCommand.class.getClassLoader())
                .dataSource(
                        config.getValue(DatabaseUrls.JDBC, String.class),
                        config.getValue("quarkus.datasource.username", String.class),
                        config.getValue("quarkus.datasource.password", String.class))
                .locations(LOCATION)
                .load();
    }

    private static int fail(List<String> lines) {
        lines.forEach(line -> System.err.println("scepgate: " + line));
        return FAILED;
    }
}
