package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.scepgate.ca.CaId;
import org.scepgate.ca.RevocationReason;
import org.scepgate.ca.SignedCrl;
import org.scepgate.platform.Portions;

/** The rows of {@code crl} and {@code crl_change}, and the revoked ones of {@code certificate}. */
@Singleton
class CrlStore {
    // Read on an event loop, where devices wait behind it.
    private static final int REVOKED_AT_ONCE = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String STATES = """
            select ca, ca_key_sha256, number, this_update,
                   exists (select from crl_change c where c.ca = crl.ca and c.ca_key_sha256 = crl.ca_key_sha256) as changed
            from crl
            """;
    private static final String NUMBER = "select number from crl where ca = $1 and ca_key_sha256 = $2";
    private static final String FIND =
            "select number, this_update, next_update, der from crl where ca = $1 and ca_key_sha256 = $2";
    private static final String CHANGES = "select id from crl_change where ca = $1 and ca_key_sha256 = $2";
    // RFC 5280 section 3.3: an entry stays until it stood on one CRL issued after the certificate's end. The index
    // certificate_revoked has all columns, and this order.
    static final String REVOKED = """
            select id, serial, revoked_at, revocation_reason from certificate
            where ca = $1 and coalesce(ca_key_sha256, $2) = $2 and revoked_at is not null and not_after > $3 and id > $4
            order by id limit\s""" + REVOKED_AT_ONCE;
    private static final String REPLACE = """
            with published as (
                insert into crl (ca, ca_key_sha256, number, this_update, next_update, der)
                values ($1, $2, $3, $4, $5, $6)
                on conflict (ca, ca_key_sha256) do update
                    set number = $3, this_update = $4, next_update = $5, der = $6
                    where crl.number = $3 - 1
                returning number
            ), told as (
                delete from crl_change where id = any ($7) and exists (select from published)
            )
            select number from published
            """;

    private final Pool database;

    CrlStore(Pool database) {
        this.database = database;
    }

    /** How far the CRL of a key has come, and whether it lacks a revocation. */
    record State(long number, Instant thisUpdate, boolean changed) {}

    /** An entry of a CRL to be. */
    record Revoked(UUID id, BigInteger serial, Instant at, RevocationReason reason) {}

    /** Of every key that ever had a CRL. */
    Uni<Map<CaId, State>> states() {
        return database.query(STATES).execute().map(CrlStore::states);
    }

    private static Map<CaId, State> states(RowSet<Row> rows) {
        Map<CaId, State> states = new HashMap<>();
        for (Row row : rows) {
            states.put(
                    new CaId(row.getString("ca"), row.getString("ca_key_sha256")),
                    new State(
                            row.getLong("number"),
                            row.getOffsetDateTime("this_update").toInstant(),
                            row.getBoolean("changed")));
        }
        return states;
    }

    Uni<Optional<Long>> number(CaId id) {
        return database.preparedQuery(NUMBER)
                .execute(tuple(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong("number")));
    }

    /** The CRL in force. */
    Uni<Optional<SignedCrl>> find(CaId id) {
        return database.preparedQuery(FIND)
                .execute(tuple(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(crl(rows.iterator().next())));
    }

    /** What happened since the last CRL; read it before {@link #revoked}. */
    Uni<List<Long>> changes(SqlConnection connection, CaId id) {
        return connection
                .preparedQuery(CHANGES)
                .execute(tuple(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLong("id"))
                        .toList());
    }

    /** Those that were not expired yet at this time. One that changes meanwhile is among the {@link #changes} of the next CRL. */
    Uni<List<Revoked>> revoked(SqlConnection connection, CaId id, Instant notExpiredAt) {
        return Portions.all(
                REVOKED_AT_ONCE,
                last -> revoked(
                        connection, id, notExpiredAt, last.map(Revoked::id).orElse(BEFORE_ALL)));
    }

    private static Uni<List<Revoked>> revoked(SqlConnection connection, CaId id, Instant notExpiredAt, UUID after) {
        return connection
                .preparedQuery(REVOKED)
                .execute(tuple(id)
                        .addOffsetDateTime(notExpiredAt.atOffset(ZoneOffset.UTC))
                        .addUUID(after))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(CrlStore::revoked)
                        .toList());
    }

    /** Puts a CRL in the place of the one with the number before, or of none; false if somebody else was faster. */
    Uni<Boolean> replace(SqlConnection connection, CaId id, SignedCrl crl, List<Long> changes) {
        Tuple values = tuple(id)
                .addLong(crl.number())
                .addOffsetDateTime(crl.thisUpdate().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(crl.nextUpdate().atOffset(ZoneOffset.UTC))
                .addValue(Buffer.buffer(crl.der()))
                .addArrayOfLong(changes.toArray(Long[]::new));
        return connection.preparedQuery(REPLACE).execute(values).map(rows -> rows.size() == 1);
    }

    private static Tuple tuple(CaId id) {
        return Tuple.of(id.name(), id.keySha256());
    }

    private static SignedCrl crl(Row row) {
        return new SignedCrl(
                row.getLong("number"),
                row.getOffsetDateTime("this_update").toInstant(),
                row.getOffsetDateTime("next_update").toInstant(),
                row.getBuffer("der").getBytes());
    }

    private static Revoked revoked(Row row) {
        return new Revoked(
                row.getUUID("id"),
                new BigInteger(1, row.getBuffer("serial").getBytes()),
                row.getOffsetDateTime("revoked_at").toInstant(),
                RevocationReason.ofCode(row.getShort("revocation_reason")));
    }
}
