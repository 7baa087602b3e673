package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.AgedRows;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** What goes when its time is over, and what stays; of the audit log whole seals go, which OldRowsTest tries. */
@ExtendWith(Scepgate.Extension.class)
class RetentionIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SUBJECT = "CN=kept.acme.example,O=Acme";

    private final Scepgate scepgate;

    RetentionIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void removesWhatIsOldAndKeepsWhatIsStillOfUse() throws SQLException {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestMdm.Challenge spent = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        X509CertificateHolder certificate = device.enrol(device.csr(SUBJECT, spent.secret()));
        UUID neededStill = age("challenge", UUID.fromString(spent.id()), 100);
        TestMdm.Challenge unused = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        UUID expired = age("challenge", UUID.fromString(unused.id()), 100);
        UUID young =
                UUID.fromString(scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT).id());
        UUID oldRequest = request(100);

        try (ServerProcess peer =
                scepgate.startPeer(settings -> settings.with("scepgate.retention.interval", "PT1S"))) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !exists("challenge", expired));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !exists("held_request", oldRequest));

            assertThat(exists("challenge", young)).isTrue();
            assertThat(exists("challenge", neededStill)).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> peer.log().contains("retention.removed table=challenge"));
        }
        // certmonger and sscep send the old challenge with every renewal.
        TestDevice holder = device.holding(certificate);
        assertThat(holder.enrol(TestCsr.of(device.keys()).subject(SUBJECT).challenge(spent.secret())))
                .isNotNull();
    }

    @Test
    void letsNobodyElseDeleteFromTheAuditTrail() {
        scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);

        assertThatThrownBy(() -> update("delete from audit_event where at < ?", Timestamp.from(Instant.now())))
                .hasMessageContaining("append-only");
    }

    @Test
    void removesWhatStandsBehindManyChallengesThatAreKept() throws SQLException {
        TestPostgres.Database crowded = scepgate.createDatabase("crowded");
        try (ServerProcess peer = startRemoving(crowded);
                Connection connection = crowded.connect()) {
            addAgedRows(connection);

            Awaitility.await().atMost(SOON).until(() -> count(connection, "challenge") == AgedRows.KEPT);
            for (String table : List.of("held_request", "event", "audit_event")) {
                Awaitility.await().atMost(SOON).until(() -> count(connection, table) == 0);
            }

            String removed = "retention.removed table=challenge rows=" + AgedRows.OLD;
            Awaitility.await().atMost(SOON).until(() -> peer.log().contains(removed));
            assertThat(count(connection, "challenge")).isEqualTo(AgedRows.KEPT);
            assertThat(peer.log()).doesNotContain("removing old rows failed");
        }
    }

    @Test
    void cleansEachTableThoughOthersFail() throws SQLException {
        TestPostgres.Database faulty = scepgate.createDatabase("faulty");
        try (ServerProcess peer = startRemoving(faulty);
                Connection connection = faulty.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create function stays() returns trigger language plpgsql as"
                    + " $$ begin raise exception '% stays', tg_table_name; end $$");
            for (String table : List.of("held_request", "challenge")) {
                statement.execute(
                        "create trigger stays before delete on " + table + " for each row execute function stays()");
            }
            addAgedRows(connection);

            for (String table : List.of("event", "audit_event")) {
                Awaitility.await().atMost(SOON).until(() -> count(connection, table) == 0);
            }

            assertThat(count(connection, "held_request")).isEqualTo(AgedRows.OLD);
            assertThat(count(connection, "challenge")).isEqualTo(AgedRows.KEPT + AgedRows.OLD);
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(peer.log())
                            .containsPattern(
                                    "removing old rows failed.* held_request: .* stays .*; challenge: .* stays "));
        }
    }

    /** While no run is under way: the first one that comes sees all of them. */
    private static void addAgedRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String lock = "(hashtextextended('scepgate.retention', 0))";
            statement.execute("select pg_advisory_lock" + lock);
            AgedRows.addTo(connection);
            statement.execute("select pg_advisory_unlock" + lock);
        }
    }

    /** On a database of its own: these certificates are none that a lint would pass. */
    private ServerProcess startRemoving(TestPostgres.Database database) {
        return scepgate.startPeer(settings -> settings.with(database.settings())
                .with("scepgate.audit.seal-interval", "PT0.5S")
                .with("scepgate.retention.interval", "PT1S"));
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from " + table)) {
            counted.next();
            return counted.getLong(1);
        }
    }

    /** Gives the row an id, and a challenge an end, of so many days ago. */
    private UUID age(String table, UUID id, int days) throws SQLException {
        Instant then = Instant.now().minus(Duration.ofDays(days));
        UUID aged = TimeOrderedId.at(then);
        update("update " + table + " set id = ?, expires_at = ? where id = ?", aged, Timestamp.from(then), id);
        update(
                "update certificate set challenge_id = ?, origin_challenge_id = ? where challenge_id = ?",
                aged,
                aged,
                id);
        return aged;
    }

    private UUID request(int days) throws SQLException {
        Instant then = Instant.now().minus(Duration.ofDays(days));
        UUID id = TimeOrderedId.at(then);
        update(
                "insert into held_request (id, profile, transaction_id, received_at, expires_at, subject,"
                        + " subject_alt_names, key, csr, spki_sha256, request_sha256, signer_holds_key)"
                        + " values (?, 'approval', 't', ?, ?, 'CN=x', '{}', 'RSA 2048', '\\x3000', repeat('5', 64),"
                        + " repeat('7', 64), true)",
                id,
                Timestamp.from(then),
                Timestamp.from(then));
        return id;
    }

    private boolean exists(String table, UUID id) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement query = connection.prepareStatement("select 1 from " + table + " where id = ?")) {
            query.setObject(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void update(String statement, Object... values) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }
}
