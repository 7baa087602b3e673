package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scepgate.seal.Position;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealedBatch;
import org.scepgate.seal.SealedRow;

/** The rows of {@code audit_seal} and {@code audit_anchor}, and those of {@code audit_event} that wait for a seal. */
@Singleton
class SealStore {
    private static final String SEALS =
            "select number, rows, first_written_in, first_id, last_written_in, last_id, newest,"
                    + " root_hash, previous_hash, keyed, hash, sealed_at from audit_seal";
    private static final String LAST = SEALS + " order by number desc limit 1";
    // Below the oldest transaction that still runs everything has ended: no row can come later into what is sealed now.
    private static final String UNSEALED = "select " + SealedRow.COLUMNS + """
             from audit_event
            where (written_in, id) > ($1, $2)
              and written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_transaction_offset()
            order by written_in, id limit $3
            """;
    private static final String OLDEST = """
            select at from audit_event where (written_in, id) > ($1, $2) order by written_in, id limit 1
            """;
    private static final String INSERT = """
            insert into audit_seal (number, rows, first_written_in, first_id, last_written_in, last_id, newest, entries,
                root_hash, previous_hash, keyed, hash, sealed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;
    private static final String UNANCHORED = SEALS + """
             where number > coalesce((select number from audit_anchor where target = $1), 0) order by number limit $2
            """;
    private static final String ANCHORED = """
            insert into audit_anchor (target, number) values ($1, $2)
            on conflict (target) do update set number = excluded.number
            """;

    private final Pool database;

    SealStore(Pool database) {
        this.database = database;
    }

    Uni<Optional<Seal>> last(SqlConnection connection) {
        return connection
                .preparedQuery(LAST)
                .execute()
                .map(rows -> stream(rows).map(SealStore::seal).findFirst());
    }

    /** In their order. */
    Uni<List<SealedRow>> unsealed(SqlConnection connection, Position after, int limit) {
        return connection
                .preparedQuery(UNSEALED)
                .execute(Tuple.of(after.writtenIn(), after.id(), limit))
                .map(rows -> stream(rows).map(SealStore::row).toList());
    }

    /** Since when a row waits for a seal, one of a running transaction not counted. */
    Uni<Optional<Instant>> waitingSince() {
        return database.withConnection(connection -> last(connection)
                .map(seal -> seal.map(found -> found.batch().last()).orElse(Position.START))
                .chain(after -> connection.preparedQuery(OLDEST).execute(Tuple.of(after.writtenIn(), after.id())))
                .map(rows -> stream(rows)
                        .map(row -> row.getOffsetDateTime("at").toInstant())
                        .findFirst()));
    }

    Uni<Void> insert(SqlConnection connection, Seal seal, byte[] entries) {
        SealedBatch batch = seal.batch();
        Tuple values = Tuple.tuple()
                .addLong(seal.number())
                .addInteger(batch.rows())
                .addLong(batch.first().writtenIn())
                .addUUID(batch.first().id())
                .addLong(batch.last().writtenIn())
                .addUUID(batch.last().id())
                .addOffsetDateTime(utc(batch.newest()))
                .addValue(Buffer.buffer(entries))
                .addValue(Buffer.buffer(batch.root()))
                .addValue(Buffer.buffer(seal.previous()))
                .addBoolean(seal.keyed())
                .addValue(Buffer.buffer(seal.hash()))
                .addOffsetDateTime(utc(seal.sealedAt()));
        return connection.preparedQuery(INSERT).execute(values).replaceWithVoid();
    }

    /** Those that are not written down at this target yet, oldest first. */
    Uni<List<Seal>> unanchored(SqlConnection connection, String target, int limit) {
        return connection
                .preparedQuery(UNANCHORED)
                .execute(Tuple.of(target, limit))
                .map(rows -> stream(rows).map(SealStore::seal).toList());
    }

    Uni<Void> recordAnchored(SqlConnection connection, String target, long number) {
        return connection
                .preparedQuery(ANCHORED)
                .execute(Tuple.of(target, number))
                .replaceWithVoid();
    }

    private static Stream<Row> stream(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static SealedRow row(Row row) {
        return new SealedRow(
                new Position(row.getLong("written_in"), row.getUUID("id")),
                row.getLong("at_micros"),
                // Its texts may be null, which List.of would refuse.
                SealedRow.TEXTS.stream().map(row::getString).toList());
    }

    private static Seal seal(Row row) {
        SealedBatch batch = new SealedBatch(
                row.getInteger("rows"),
                new Position(row.getLong("first_written_in"), row.getUUID("first_id")),
                new Position(row.getLong("last_written_in"), row.getUUID("last_id")),
                micros(row.getOffsetDateTime("newest")),
                row.getBuffer("root_hash").getBytes());
        return new Seal(
                row.getLong("number"),
                batch,
                row.getBuffer("previous_hash").getBytes(),
                row.getBoolean("keyed"),
                micros(row.getOffsetDateTime("sealed_at")),
                row.getBuffer("hash").getBytes());
    }

    private static long micros(OffsetDateTime time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
