package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestPostgres;

/** The audit log parted by month, by the statements of docs/kubernetes.md with other dates. */
@ExtendWith(Scepgate.Extension.class)
class AuditPartsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern STATEMENTS = Pattern.compile("(?ms)^begin;$.*?^commit;$");

    private static final String UNSEALED = "select count(*) from audit_event"
            + " where written_in > coalesce((select max(last_written_in) from audit_seal), '0')";

    private final Scepgate scepgate;

    AuditPartsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void goesOnInThePartOfTheMonthAndIsAppendOnlyAndSealedThere() throws Exception {
        TestPostgres.Database database = scepgate.createDatabase("parted");
        ServerSettings settings =
                scepgate.settings().with(database.settings()).with("scepgate.audit.seal-interval", "PT0.5S");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            enrol(settings, "CN=before", statement);
            statement.execute(partedAt(Instant.now()));
            enrol(settings, "CN=after", statement);

            String count = "select count(*) from ";
            assertThat(number(statement, count + "audit_event_before")).isPositive();
            assertThat(number(statement, count + "audit_event_2026_12")).isPositive();
            for (String change : new String[] {"update audit_event set actor = 'nobody'", "truncate audit_event"}) {
                assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("audit_event is append-only");
            }
        }
    }

    /** Ends when everything has its seal. */
    private void enrol(ServerSettings settings, String subject, Statement statement) {
        try (ServerProcess server = ServerProcess.start(settings)) {
            TestDevice device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
            device.enrol(device.csr(
                    subject,
                    scepgate.mdm(server).challenge(Scepgate.DEMO, subject).secret()));
            // Sealed is what is older than the oldest running transaction.
            await().atMost(SOON).until(() -> number(statement, UNSEALED) == 0);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(server.managed("/q/metrics")).contains("scepgate_audit_unsealed_seconds 0.0"));
        }
    }

    private static String partedAt(Instant month) throws IOException {
        String page = Files.readString(Path.of("docs/kubernetes.md"));
        String statements = STATEMENTS
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        return statements
                .replace("01a22ee6-b000", boundary(month))
                .replace("01a2ce8b-d400", boundary(month.plus(Duration.ofDays(31))));
    }

    /** The beginning of the UUIDv7 of an instant. */
    private static String boundary(Instant time) {
        return String.format("%012x", time.toEpochMilli()).replaceFirst("(.{8})", "$1-");
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
