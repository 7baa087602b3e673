package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bouncycastle.cert.X509CRLHolder;
import org.scepgate.ca.CaId;
import org.scepgate.ca.RevokedCertificate;

/** The rows of {@code crl}, and the revoked ones of {@code certificate}. */
@Singleton
class CrlStore {
    private static final String FIND = """
            select number, this_update, der,
                   exists (select from certificate c where c.ca = crl.ca and c.revoked_at > crl.this_update) as outdated
            from crl where ca = $1 and ca_key_sha256 = $2
            """;
    // RFC 5280 section 3.3: an entry stays until it stood on one CRL issued after the certificate's end.
    private static final String REVOKED = """
            select serial, revoked_at, revocation_reason from certificate
            where ca = $1 and coalesce(ca_key_sha256, $2) = $2 and revoked_at is not null and not_after > $3
            order by serial
            """;
    private static final String REPLACE = """
            insert into crl (ca, ca_key_sha256, number, this_update, next_update, der) values ($1, $2, $3, $4, $5, $6)
            on conflict (ca, ca_key_sha256) do update
                set number = $3, this_update = $4, next_update = $5, der = $6
                where crl.number = $3 - 1
            """;

    private final Pool database;

    CrlStore(Pool database) {
        this.database = database;
    }

    /**
     * The CRL in force.
     *
     * @param outdated a certificate was revoked since
     */
    record Stored(long number, Instant thisUpdate, X509CRLHolder crl, boolean outdated) {}

    Uni<Optional<Stored>> find(CaId ca) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(ca.name(), ca.keySha256()))
                .map(CrlStore::first);
    }

    /** Those that were not expired yet at this time. */
    Uni<List<RevokedCertificate>> revoked(CaId ca, Instant notExpiredAt) {
        return database.preparedQuery(REVOKED)
                .execute(Tuple.of(ca.name(), ca.keySha256(), notExpiredAt.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(CrlStore::revoked)
                        .toList());
    }

    /** Puts a CRL in the place of the one with the number before, or of none; false if somebody else was faster. */
    Uni<Boolean> replace(CaId ca, long number, X509CRLHolder crl) {
        return database.preparedQuery(REPLACE)
                .execute(Tuple.of(
                        ca.name(),
                        ca.keySha256(),
                        number,
                        crl.getThisUpdate().toInstant().atOffset(ZoneOffset.UTC),
                        crl.getNextUpdate().toInstant().atOffset(ZoneOffset.UTC),
                        Buffer.buffer(encoded(crl))))
                .map(SqlResult::rowCount)
                .map(changed -> changed == 1);
    }

    private static Optional<Stored> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(stored(rows.iterator().next()));
    }

    private static Stored stored(Row row) {
        try {
            return new Stored(
                    row.getLong("number"),
                    row.getOffsetDateTime("this_update").toInstant(),
                    new X509CRLHolder(row.getBuffer("der").getBytes()),
                    row.getBoolean("outdated"));
        } catch (IOException e) {
            throw new IllegalStateException("a stored CRL cannot be read", e);
        }
    }

    private static RevokedCertificate revoked(Row row) {
        return new RevokedCertificate(
                new BigInteger(1, row.getBuffer("serial").getBytes()),
                row.getOffsetDateTime("revoked_at").toInstant(),
                row.getShort("revocation_reason"));
    }

    private static byte[] encoded(X509CRLHolder crl) {
        try {
            return crl.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a CRL that was signed cannot be written", e);
        }
    }
}
