package org.scepgate.certificate;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.ValidityTime;
import org.scepgate.platform.SerialNumbers;
import org.scepgate.platform.SharedStatement;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.CertifiedNames;

/** The rows of {@code certificate}. */
@Singleton
public class CertificateStore {
    /** {@link #add} as a part of another statement: for each row of {@code spent}, whose device it is for. */
    public static final String ADDING = """
            insert into certificate (ca, serial, id, profile, challenge_id, subject, subject_alt_names, spki_sha256,
                request_sha256, not_before, not_after, der, issued_at, ca_key_sha256, origin_challenge_id,
                longest_validity_sec, device_id)
            select ?::text, ?::bytea, ?::uuid, ?::text, ?::uuid, ?::text, ?::text, ?::text, ?::text, ?::timestamptz,
                   ?::timestamptz, ?::bytea, ?::timestamptz, ?::text, ?::uuid, ?::bigint, device_id from spent
            """;

    // The second row is the one that renews the first for the same key: a request that was answered before.
    private static final String FIND = """
            select c.profile, c.der, c.revoked_at, c.origin_challenge_id, c.latest_challenge_id,
                   c.longest_validity_sec,
                   s.request_sha256 as successor_request, s.der as successor_der, s.not_after as successor_not_after,
                   s.revoked_at as successor_revoked_at
            from certificate c
            left join certificate s on s.ca = c.ca and s.renewed_serial = c.serial and s.spki_sha256 = $3
                                        and not s.replaced
            where c.ca = $1 and c.serial = $2
            """;
    private static final String FIND_ALONE = "select der from certificate where ca = $1 and serial = $2";
    // The key of this row orders all who renew it, and who revokes it waits too.
    private static final String LOCK =
            "select profile from certificate where ca = :ca and serial = :serial and revoked_at is null for update";
    private static final String IN_FORCE =
            "ca = :ca and renewedSerial = :renewed and spkiSha256 = :key and replaced = false";
    private static final String REPLACE =
            "replaced = true where " + IN_FORCE + " and revokedAt is null and notAfter < :now";
    private static final int LONGEST_SERIAL = 20;

    private final Pool database;

    CertificateStore(Pool database) {
        this.database = database;
    }

    /** Adds a certificate in the caller's transaction; fails if its challenge has one already. */
    public Uni<Void> add(IssuedCertificate issued) {
        return row(issued).persistAndFlush().replaceWithVoid();
    }

    /** The values of {@link #ADDING}, for a certificate that renews none. */
    public static void addAdding(SharedStatement.Values values, IssuedCertificate issued) {
        CertificateEntity row = row(issued);
        values.add(row.ca)
                .add(row.serial)
                .add(row.inventoryId)
                .add(row.profile)
                .add(row.challengeId)
                .add(row.subject)
                .add(row.subjectAltNames)
                .add(row.spkiSha256)
                .add(row.requestSha256)
                .add(row.notBefore)
                .add(row.notAfter)
                .add(row.der)
                .add(row.issuedAt)
                .add(row.caKeySha256)
                .add(row.originChallengeId)
                .add(row.longestValiditySec);
    }

    /** The certificate with this serial number. */
    public Uni<Optional<X509CertificateHolder>> find(String ca, BigInteger serial) {
        return find(FIND_ALONE, serial, bytes -> Tuple.of(ca, bytes))
                .map(found -> found.map(CertificateRows::certificate));
    }

    /**
     * The certificate with this serial number, with the one that renewed it for a key.
     *
     * @param spkiSha256 the key, as in {@code Csr.spkiSha256()}
     */
    public Uni<Optional<StoredCertificate>> find(String ca, BigInteger serial, String spkiSha256) {
        return find(FIND, serial, bytes -> Tuple.of(ca, bytes, spkiSha256))
                .map(found -> found.map(CertificateRows::stored));
    }

    private Uni<Optional<Row>> find(String query, BigInteger serial, Function<Buffer, Tuple> values) {
        byte[] bytes = unsigned(serial);
        return bytes.length > LONGEST_SERIAL
                ? Uni.createFrom().item(Optional.empty())
                : database.preparedQuery(query)
                        .execute(values.apply(Buffer.buffer(bytes)))
                        .map(CertificateStore::first);
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /**
     * Whether the old certificate may be renewed by this one, in the caller's transaction: it is not revoked, and has no
     * renewal for the key that is still in date. Until the caller's transaction ends, nobody else gets an answer.
     */
    public Uni<Boolean> claimRenewal(IssuedCertificate renewal) {
        byte[] renewed =
                HexFormat.of().parseHex(renewal.lineage().renewedSerial().orElseThrow());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter("ca", renewal.ca().name())
                        .setParameter("serial", renewed)
                        .getSingleResultOrNull())
                .chain(profile -> profile == null ? Uni.createFrom().item(false) : replaceEnded(renewal, renewed));
    }

    /** False if one is left that has not ended. */
    private static Uni<Boolean> replaceEnded(IssuedCertificate renewal, byte[] renewed) {
        Parameters key = Parameters.with("ca", renewal.ca().name())
                .and("renewed", renewed)
                .and("key", renewal.spkiSha256());
        return CertificateEntity.count(IN_FORCE, key)
                .chain(before -> before == 0
                        ? Uni.createFrom().item(true)
                        : CertificateEntity.update(REPLACE, key.and("now", renewal.issuedAt()))
                                .map(replaced -> before == (long) replaced));
    }

    private static CertificateEntity row(IssuedCertificate issued) {
        X509CertificateHolder certificate = issued.certificate();
        CertificateEntity row = new CertificateEntity();
        row.ca = issued.ca().name();
        row.caKeySha256 = issued.ca().keySha256();
        row.serial = HexFormat.of().parseHex(issued.serial());
        row.profile = issued.profile();
        row.challengeId = issued.challengeId();
        row.inventoryId = TimeOrderedId.at(issued.issuedAt());
        addContents(row, certificate);
        row.spkiSha256 = issued.spkiSha256();
        row.requestSha256 = issued.requestSha256();
        row.der = encoded(certificate);
        row.issuedAt = issued.issuedAt();
        Lineage lineage = issued.lineage();
        row.renewedSerial =
                lineage.renewedSerial().map(HexFormat.of()::parseHex).orElse(null);
        row.originChallengeId = lineage.originChallengeId().orElse(null);
        row.latestChallengeId = lineage.latestChallengeId().orElse(null);
        row.longestValiditySec =
                lineage.longestValidity().map(Duration::toSeconds).orElse(null);
        return row;
    }

    private static void addContents(CertificateEntity row, X509CertificateHolder certificate) {
        CertifiedNames names = CertifiedNames.of(certificate);
        row.notBefore = ValidityTime.startOf(certificate);
        row.notAfter = ValidityTime.endOf(certificate);
        row.subject = names.subject().toString();
        row.subjectAltNames = names.subjectAltNames().isEmpty()
                ? null
                : names.subjectAltNames().lines();
    }

    /** As {@code serial} is stored: big-endian, without a sign. */
    private static byte[] unsigned(BigInteger serial) {
        return HexFormat.of().parseHex(SerialNumbers.hex(serial.abs()));
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was signed cannot be written", e);
        }
    }
}
