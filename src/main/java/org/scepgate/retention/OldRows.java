package org.scepgate.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.scepgate.platform.TimeOrderedId;

/**
 * Rows that go after a time. Ids grow with time, so that the oldest stand at the start of an index.
 *
 * <p>A statement looks at the next thousand ids, whether their rows go or stay: what is kept may be most of a table, and
 * PostgreSQL ends what takes long. The end of the ids bounds no scan of the index: with an unknown range, a plan that is
 * kept for a prepared statement may read and sort all of it.
 */
enum OldRows {
    /**
     * Not while a certificate in date goes back to a challenge: its device sends the challenge with every renewal, and an
     * unknown one would be refused. A request that waited with a challenge goes with it. With {@code offset 0} each
     * challenge is looked up by an index; without, all certificates may be read to join them.
     */
    CHALLENGE("""
            with looked as materialized (
                select id, expires_at from challenge where id > $1 order by id limit 1000
            ), old as materialized (
                select c.id from looked c
                where c.id < $2 and c.expires_at < $3
                  and not exists (
                      select from certificate x where x.origin_challenge_id = c.id and x.not_after >= now() offset 0)
                  and not exists (
                      select from certificate x where x.latest_challenge_id = c.id and x.not_after >= now() offset 0)
                  and not exists (
                      select from held_request h
                      where h.challenge_id = c.id and (h.expires_at >= $3 or h.ruled_at >= $3) offset 0)
            ), waited as (
                delete from held_request where challenge_id = any (array(select id from old))
            ), gone as (
                delete from challenge where id = any (array(select id from old)) returning id
            )
            """),
    /** Those without a challenge. */
    HELD_REQUEST("""
            with looked as materialized (
                select id, challenge_id, expires_at, ruled_at from held_request where id > $1 order by id limit 1000
            ), gone as (
                delete from held_request
                where id = any (array(
                    select id from looked
                    where id < $2 and expires_at < $3 and challenge_id is null and (ruled_at is null or ruled_at < $3)))
                returning id
            )
            """),
    /** With their deliveries, whatever became of these. */
    EVENT("""
            with looked as materialized (
                select id, at from event where id > $1 order by id limit 1000
            ), gone as (
                delete from event where id = any (array(select id from looked where id < $2 and at < $3)) returning id
            )
            """),
    /** Of a sealed batch all rows or none, or the chain over the audit log would have a hole: the database knows how. */
    AUDIT_EVENT("""
            with gone as materialized (
                select from generate_series(1, forget_audit_events($3, 1000))
            ), looked as (
                select $1::uuid as id from gone
            )
            """);

    /** The thousandth id is where the next statement goes on; fewer, or one that is too young, are the end. */
    private static final String RESULT = "select (select count(*) from gone) as removed,"
            + " (select id from looked where id < $2 order by id limit 1 offset 999) as next";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final String statement;

    OldRows(String statement) {
        this.statement = statement + RESULT;
    }

    String statement() {
        return statement;
    }

    private record Batch(long removed, UUID next) {
        static Batch of(Row row) {
            return new Batch(row.getLong("removed"), row.getUUID("next"));
        }
    }

    /** Removes them in batches, each a transaction of its own; gives how many. */
    Uni<Long> remove(SqlConnection connection, Instant before) {
        UUID end = TimeOrderedId.at(before);
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(BEFORE_ALL),
                        after -> connection
                                .preparedQuery(statement)
                                .execute(Tuple.of(after.get(), end, before.atOffset(ZoneOffset.UTC)))
                                .map(rows -> Batch.of(rows.iterator().next()))
                                .invoke(batch -> after.set(batch.next())))
                .whilst(batch -> batch.next() != null)
                .collect()
                .with(Collectors.summingLong(Batch::removed));
    }
}
