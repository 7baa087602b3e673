package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What goes when its time is over, and what stays; of the audit log whole seals go, which OldRowsTest tries. */
@ExtendWith(Scepgate.Extension.class)
class RetentionIT {
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
            assertThat(peer.log()).contains("retention.removed table=challenge");
        }
        // certmonger and sscep send the old challenge with every renewal.
        TestDevice holder = device.holding(certificate);
        assertThat(holder.enrol(TestCsr.of(device.keys()).subject(SUBJECT).challenge(spent.secret())))
                .isNotNull();
    }

    @Test
    void letsNobodyElseDeleteFromTheAuditTrail() {
        assertThatThrownBy(() -> update("delete from audit_event where at < ?", Timestamp.from(Instant.now())))
                .hasMessageContaining("append-only");
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
