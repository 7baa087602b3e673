package org.scepgate.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.scepgate.platform.TimeOrderedId;

/** Rows that go after a time: ids grow with time, so that the oldest stand at the start of the primary key. */
enum OldRows {
    /**
     * Not while a certificate in date goes back to a challenge: its device sends the challenge with every renewal, and an
     * unknown one would be refused. A request that waited with a challenge goes with it.
     */
    CHALLENGE("""
            with old as (
                select c.id from challenge c
                where c.id > $1 and c.id < $2 and c.expires_at < $3
                  and not exists (
                      select from certificate x where x.origin_challenge_id = c.id and x.not_after >= now())
                  and not exists (
                      select from certificate x where x.latest_challenge_id = c.id and x.not_after >= now())
                  and not exists (
                      select from held_request h where h.challenge_id = c.id and (h.expires_at >= $3 or h.ruled_at >= $3))
                order by c.id limit 1000
            ), waited as (
                delete from held_request where challenge_id in (select id from old)
            ), gone as (
                delete from challenge where id in (select id from old) returning id
            )
            """),
    /** Those without a challenge. */
    HELD_REQUEST("""
            with old as (
                select id from held_request
                where id > $1 and id < $2 and expires_at < $3 and challenge_id is null
                  and (ruled_at is null or ruled_at < $3)
                order by id limit 1000
            ), gone as (
                delete from held_request where id in (select id from old) returning id
            )
            """),
    /** With their deliveries, whatever became of these. */
    EVENT("""
            with old as (
                select id from event where id > $1 and id < $2 and at < $3 order by id limit 1000
            ), gone as (
                delete from event where id in (select id from old) returning id
            )
            """),
    /** Of a sealed batch all rows or none, or the chain over the audit log would have a hole: the database knows how. */
    AUDIT_EVENT("""
            with gone as materialized (
                select from generate_series(1, forget_audit_events($3, 1000))
            ), old as (
                select $1::uuid as id where $2::uuid is not null
            )
            """);

    private static final int BATCH = 1000;
    private static final String RESULT =
            "select (select count(*) from gone) as removed, (select id from old order by id desc limit 1) as last";
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final String statement;

    OldRows(String statement) {
        this.statement = statement + RESULT;
    }

    /** Removes them in batches, each a transaction of its own; gives how many. */
    Uni<Long> remove(SqlConnection connection, Instant before) {
        return remove(connection, before, BEFORE_ALL, 0);
    }

    private Uni<Long> remove(SqlConnection connection, Instant before, UUID after, long already) {
        Tuple values = Tuple.of(after, TimeOrderedId.at(before), before.atOffset(ZoneOffset.UTC));
        return connection.preparedQuery(statement).execute(values).chain(rows -> {
            long removed = rows.iterator().next().getLong("removed");
            UUID last = rows.iterator().next().getUUID("last");
            return removed < BATCH
                    ? Uni.createFrom().item(already + removed)
                    : remove(connection, before, last, already + removed);
        });
    }
}
