package org.scepgate.interop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.seal.Entry;
import org.scepgate.seal.Position;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealKey;
import org.scepgate.seal.SealedBatch;
import org.scepgate.seal.SealedRow;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestPostgres;

/**
 * What the release before left in the database: challenges in every state, certificates, requests that wait, the log.
 *
 * @param enrolled spent its challenge on {@code certificate}
 * @param open has a challenge that is still good
 * @param over have challenges that are cancelled, locked, out of date
 * @param waiting polls for {@code heldRequest} in {@code transaction}
 */
record EarlierData(
        EarlierRelease.Device enrolled,
        X509CertificateHolder certificate,
        EarlierRelease.Device open,
        List<EarlierRelease.Device> over,
        X509CertificateHolder revoked,
        X509CertificateHolder onHold,
        EarlierRelease.Device waiting,
        String transaction,
        UUID heldRequest) {

    static EarlierData leftBy(EarlierRelease release, String name) throws Exception {
        Duration day = Duration.ofDays(1);
        Instant now = release.now();
        EarlierRelease.Device enrolled = release.challenge("demo", name + "-enrolled", day);
        X509CertificateHolder certificate = release.enrol(enrolled);
        EarlierRelease.Device renewed = release.challenge("demo", name + "-renewed", day);
        release.renew(renewed, release.enrol(renewed));
        X509CertificateHolder revoked = release.enrol(release.challenge("demo", name + "-revoked", day));
        release.requireOne("revoke", now, 1, "test", EarlierRelease.serial(revoked), 1);
        X509CertificateHolder onHold = release.enrol(release.challenge("demo", name + "-on-hold", day));
        release.requireOne("revoke", now, 6, "test", EarlierRelease.serial(onHold), 6);

        EarlierRelease.Device cancelled = release.challenge("demo", name + "-cancelled", day);
        release.requireOne("cancel_challenge", now, cancelled.challengeId());
        EarlierRelease.Device locked = release.challenge("demo", name + "-locked", day);
        refuse(release, locked);
        EarlierRelease.Device expired = release.challenge("demo", name + "-expired", Duration.ofSeconds(-1));

        EarlierRelease.Device waiting =
                new EarlierRelease.Device(name + "-waiting", TestKeys.rsa(), null, "no challenge");
        String transaction = "transaction-of-" + name;
        UUID held = release.hold(waiting, transaction);
        EarlierRelease.Device denied =
                new EarlierRelease.Device(name + "-denied", TestKeys.rsa(), null, "no challenge");
        UUID refused = release.hold(denied, "denied-" + transaction);
        release.requireOne("deny", "DENIED", now, "operator", "unknown device", refused);
        return new EarlierData(
                enrolled,
                certificate,
                release.challenge("demo", name + "-open", day),
                List.of(cancelled, locked, expired),
                revoked,
                onHold,
                waiting,
                transaction,
                held);
    }

    private static void refuse(EarlierRelease release, EarlierRelease.Device device) throws Exception {
        Instant now = release.now();
        release.statements()
                .execute(
                        "count_refusal",
                        now,
                        1,
                        device.challengeId(),
                        now,
                        device.challengeId(),
                        now,
                        "192.0.2.7",
                        "transaction",
                        "[{\"rule\": \"SUBJECT_BOUND\", \"expected\": \"CN=a\", \"actual\": \"CN=b\"}]",
                        100);
        release.audit("enrolment.refused", "challenge:" + device.challengeId());
    }

    /** What servers keep beside enrolments: a CRL, buckets, answers, alarms, the seals over the log so far. */
    static void keepHouse(EarlierRelease release, TestPostgres.Database database) throws Exception {
        Instant now = release.now();
        release.statements()
                .execute(
                        "publish_crl",
                        "test",
                        release.caKey(),
                        1,
                        now.minusSeconds(3600),
                        now.plusSeconds(3600),
                        "the CRL before".getBytes(StandardCharsets.UTF_8),
                        "{}");
        release.statements().execute("take_token", "mdm", 10, 10, 1, 10, 1, 1, "mdm");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(new byte[] {1});
        release.requireOne(
                "keep_answer", "mdm", "key-1", digest, "key-id", new byte[] {1, 2, 3}, now, now.minusSeconds(86400));
        release.requireOne("add_alarm", "alarm.refusals", "192.0.2.7", now);
        seal(release, database);
        release.requireOne("note_anchor", "file", 1);
    }

    private static void seal(EarlierRelease release, TestPostgres.Database database) throws Exception {
        List<SealedRow> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select " + SealedRow.COLUMNS + " from audit_event order by written_in, id")) {
            while (found.next()) {
                List<String> texts = new ArrayList<>();
                for (String column : SealedRow.TEXTS) {
                    texts.add(found.getString(column));
                }
                Position position = new Position(found.getLong("written_in"), found.getObject("id", UUID.class));
                rows.add(new SealedRow(position, found.getLong("at_micros"), texts));
            }
        }
        byte[] entries = Entry.encode(rows.stream().map(SealedRow::entry).toList());
        Seal seal = Seal.next(1, Seal.beforeAll(), SealedBatch.of(rows, entries), release.now(), SealKey.NONE);
        SealedBatch batch = seal.batch();
        release.requireOne("add_seal", values(seal, batch, entries));
    }

    private static Object[] values(Seal seal, SealedBatch batch, byte[] entries) {
        return Arrays.asList(
                        seal.number(),
                        batch.rows(),
                        batch.first().writtenIn(),
                        batch.first().id(),
                        batch.last().writtenIn(),
                        batch.last().id(),
                        batch.newest(),
                        entries,
                        batch.root(),
                        seal.previous(),
                        seal.keyed(),
                        seal.hash(),
                        seal.sealedAt())
                .toArray();
    }
}
