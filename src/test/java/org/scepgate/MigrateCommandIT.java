package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.PackagedCommand;
import org.scepgate.testing.PackagedCommand.Outcome;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestPostgres;

/** The schema made before the servers, as a job of a deployment does. */
@ExtendWith(Scepgate.Extension.class)
class MigrateCommandIT {
    private static final Map<String, String> LEFT_TO_THE_JOB =
            Map.of("quarkus.flyway.migrate-at-start", "false", "quarkus.flyway.validate-at-start", "true");

    private final Scepgate scepgate;

    MigrateCommandIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void makesTheSchemaThatAServerStartsWith() {
        TestPostgres.Database empty = scepgate.createDatabase("migrated");

        Outcome first = migrate(empty.settings());
        Outcome second = migrate(empty.settings());

        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(first.output())
                .contains("scepgate: the schema is at version ")
                .doesNotContain(", 0 migrations ran");
        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output()).contains(", 0 migrations ran");
        try (ServerProcess server = startOn(empty)) {
            assertThat(server.endpoint(Scepgate.DEMO).caCertificates().all()).isNotEmpty();
        }
    }

    @Test
    void aServerThatMustNotMigrateDoesNotStartOnAnOldSchema() {
        TestPostgres.Database empty = scepgate.createDatabase("unmigrated");

        assertThatThrownBy(() -> startOn(empty))
                .hasMessageContaining("quarkus.flyway.migrate-at-start: the schema is older than this release");
    }

    @Test
    void saysWhatIsWrongWithTheDatabase() {
        Map<String, String> refused = new TreeMap<>(scepgate.database().settings());
        refused.put("quarkus.datasource.password", "guessed");

        Outcome nothing = migrate(Map.of());
        Outcome wrong = migrate(refused);

        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.output()).contains("scepgate: quarkus.datasource.reactive.url is not set");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.output())
                .contains("scepgate: quarkus.datasource.reactive.url: ")
                .doesNotContain("guessed");
    }

    private static Outcome migrate(Map<String, String> settings) {
        return new PackagedCommand(Map.of(), settings).run("migrate");
    }

    private ServerProcess startOn(TestPostgres.Database database) {
        ServerSettings settings = scepgate.settings().with(database.settings()).with(LEFT_TO_THE_JOB);
        return ServerProcess.start(settings);
    }
}
