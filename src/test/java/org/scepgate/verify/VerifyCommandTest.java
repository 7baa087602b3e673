package org.scepgate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.seal.SealKey;
import org.scepgate.testing.TestPostgres;

class VerifyCommandTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Instant DAY = Instant.parse("2026-11-01T12:00:00Z");
    private static final String KEY = "a key that the database never sees";

    @TempDir
    private static Path folder;

    private static TestPostgres postgres;

    private AuditTrail trail;
    private UUID first;
    private UUID second;

    @BeforeAll
    static void startsPostgres() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stopsPostgres() {
        postgres.close();
    }

    @BeforeEach
    void sealsThreeDays() throws Exception {
        trail = trail(SealKey.NONE);
    }

    private AuditTrail trail(SealKey key) throws Exception {
        AuditTrail made = new AuditTrail(postgres.create("audit" + DATABASES.incrementAndGet()), folder, key);
        first = made.event(DAY, "certificate/1");
        second = made.event(DAY.plusSeconds(1), "certificate/2");
        made.seal(DAY.plusSeconds(5));
        for (int day = 1; day <= 2; day++) {
            Instant noon = DAY.plusSeconds(day * 86_400L);
            made.event(noon, "certificate/day-" + day);
            made.seal(noon.plusSeconds(5));
        }
        return made;
    }

    @Test
    void findsAWholeLogWhole() throws SQLException {
        trail.event(DAY.plusSeconds(300_000), "certificate/not-sealed-yet");

        AuditTrail.Result result = trail.verify("--anchor-file", trail.anchors());

        assertThat(result.text())
                .contains("The audit log is whole.", "3 seals and 4 rows were checked", "1 rows have no seal yet")
                .contains("3 seals were compared with what was written down outside");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void findsARowThatWasChanged() throws SQLException {
        trail.tamper("update audit_event set actor = 'nobody' where id = '" + first + "'");

        assertFound("row " + first, "was changed after seal 1");
    }

    @Test
    void findsADetailThatWasChanged() throws SQLException {
        trail.tamper("update audit_event set details = '{\"profile\": \"other\"}' where id = '" + second + "'");

        assertFound("row " + second, "was changed after seal 1");
    }

    @Test
    void findsARowThatWasRemoved() throws SQLException {
        trail.tamper("delete from audit_event where id = '" + second + "'");

        assertFound("row " + second + " (2026-11-01T12:00:01Z) of seal 1", "was removed");
    }

    @Test
    void findsARowThatWasInserted() throws SQLException {
        trail.tamper("insert into audit_event select gen_random_uuid(), at, actor, source_address, action,"
                + " 'certificate/forged', outcome, reason, details, written_in from audit_event where object ="
                + " 'certificate/day-1'");

        assertFound("certificate/forged", "was inserted");
    }

    @Test
    void findsASealThatWasChanged() throws SQLException {
        trail.tamper("update audit_seal set sealed_at = sealed_at + interval '1 hour' where number = 2");

        assertFound("seal 2", "was changed");
    }

    @Test
    void findsASealWhoseListOfRowsWasChanged() throws SQLException {
        trail.tamper("update audit_seal set entries = set_byte(entries, 20, 255 - get_byte(entries, 20))"
                + " where number = 1");

        assertFound("seal 1", "its list of rows is not the one it was made over");
    }

    @Test
    void findsASealThatWasRemovedWithItsRows() throws SQLException {
        trail.tamper(
                "delete from audit_event where object = 'certificate/day-1'",
                "delete from audit_seal where number = 2");

        assertFound("seals 2 to 2 were removed");
    }

    @Test
    void findsSealsThatWereMadeAnewWithoutTheKey() throws Exception {
        AuditTrail keyed = trail(SealKey.of(KEY));
        Path keyFile = Files.writeString(folder.resolve("key"), KEY);
        assertThat(keyed.verify("--seal-key-file", keyFile).exitCode()).isZero();

        // Somebody who owns the database knows everything but the key.
        keyed.tamper("update audit_event set actor = 'nobody' where id = '" + first + "'", "truncate audit_seal");
        keyed.sealAnew(DAY);
        AuditTrail.Result result = keyed.verify("--seal-key-file", keyFile);

        assertThat(result.text()).contains("seal 1", "was made without the key");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(keyed.verify("--anchor-file", keyed.anchors()).text())
                .contains("seal 1 is not the one that was written down outside");
    }

    @Test
    void findsAnEndThatWasCutOffWithTheAnchorAlone() throws SQLException {
        trail.tamper(
                "delete from audit_event where object = 'certificate/day-2'",
                "delete from audit_seal where number = 3");

        assertThat(trail.verify().exitCode()).isZero();
        AuditTrail.Result result = trail.verify("--anchor-file", trail.anchors());

        assertThat(result.text())
                .contains("seal 3 of 1 rows (2026-11-03T12:00:05Z)", "is not in the database any more");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    /** As a full disk leaves it where nothing can be taken back. */
    @Test
    void passesOverAPartOfALineOnlyIfTheWholeComesLater() throws Exception {
        List<String> lines = Files.readAllLines(trail.anchors());
        String last = lines.get(lines.size() - 1);
        Files.writeString(trail.anchors(), last.substring(0, 30) + "\n" + last + "\n", StandardOpenOption.APPEND);
        assertThat(trail.verify("--anchor-file", trail.anchors()).exitCode()).isZero();

        Files.writeString(trail.anchors(), "{\"number\":99,\"ha\n", StandardOpenOption.APPEND);

        AuditTrail.Result result = trail.verify("--anchor-file", trail.anchors());
        assertThat(result.text()).contains("line " + (lines.size() + 3) + " is no seal");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void survivesRetentionWhichRemovesWholeSealsOnly() throws SQLException {
        trail.sql("select forget_audit_events('2026-11-01T12:00:01Z', 1000)");
        assertThat(trail.verify().text()).contains("3 seals and 4 rows");

        trail.sql("select forget_audit_events('2026-11-02T00:00:00Z', 1000)");

        AuditTrail.Result result = trail.verify("--anchor-file", trail.anchors());
        assertThat(result.text()).contains("3 seals and 2 rows", "The rows of 1 seals were removed by retention");
        assertThat(result.exitCode()).isZero();
        assertThat(trail.verify("--retention", "P36500D").text()).contains("seal 1", "removed before their time");
    }

    @Test
    void removesNoRowThatNobodySealed() throws SQLException {
        trail.event(DAY, "certificate/late");

        assertThatThrownBy(() -> trail.sql("begin", "set local scepgate.retention = 'on'", "delete from audit_event"))
                .hasMessageContaining("only forget_audit_events() removes rows");
        trail.sql("select forget_audit_events('2027-01-01T00:00:00Z', 1000)");

        assertThat(trail.verify().text()).contains("1 rows have no seal yet", "The audit log is whole.");
    }

    @Test
    void goesOnAfterARestoreIntoAnotherPostgreSql() throws SQLException {
        // What a dump of a database with a long life brings into a young one.
        trail.tamper("update audit_event set written_in = written_in + 1000000000 where object = 'certificate/day-2'");
        trail.migrate();

        trail.event(DAY.plusSeconds(400_000), "certificate/afterwards");

        trail.sql("do $$ begin assert (select written_in from audit_event where object = 'certificate/afterwards') >"
                + " (select written_in from audit_event where object = 'certificate/day-2'); end $$");
    }

    @Test
    void saysWhatKeepsItFromChecking() throws Exception {
        assertThat(trail(SealKey.of(KEY)).verify().text()).contains("give it by --seal-key-file");
        assertThat(trail.verify("--retention", "a year").exitCode()).isEqualTo(2);
        assertThat(trail.verify("--anchor-file", "nowhere").exitCode()).isEqualTo(2);
        assertThat(trail.verify("--nonsense").exitCode()).isEqualTo(2);
    }

    private void assertFound(String... words) {
        AuditTrail.Result result = trail.verify();

        assertThat(result.text()).contains(words).contains("The audit log is not whole");
        assertThat(result.exitCode()).isEqualTo(1);
    }
}
