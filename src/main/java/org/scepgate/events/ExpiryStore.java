package org.scepgate.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.scepgate.platform.TimeOrderedId;

/** Finds what ends; every look reads the rows of a stretch of an index that no look before has read. */
@Singleton
class ExpiryStore {
    /** Rows that one look gives. */
    static final int AT_ONCE = 100;

    // By the index on creator and end, once for each creator; those are few.
    private static final String CHALLENGES = """
            with recursive creators(name) as (
                (select created_by from challenge order by created_by limit 1)
                union all
                select (select h.created_by from challenge h where h.created_by > c.name order by h.created_by limit 1)
                from creators c where c.name is not null
            )
            select h.id, h.id as challenge_id, h.profile, h.device_id, h.created_by, h.expires_at, null::uuid as request_id
            from creators c, lateral (
                select * from challenge h
                where h.created_by = c.name and h.expires_at >= $1 and (h.expires_at, h.id) > ($1, $2)
                  and h.expires_at <= $3 and h.spent_at is null and h.cancelled_at is null and h.locked_at is null
                  and h.held_at is null
                order by h.expires_at, h.id limit %1$d
            ) h
            order by h.expires_at, h.id limit %1$d
            """.formatted(AT_ONCE);
    // The end of a challenge that a request has reserved is the request's.
    private static final String RESERVED = """
            select w.id, h.id as challenge_id, h.profile, h.device_id, h.created_by, w.expires_at, w.id as request_id
            from held_request w join challenge h on h.id = w.challenge_id
            where w.ruling is null and w.expires_at >= $1 and (w.expires_at, w.id) > ($1, $2) and w.expires_at <= $3
              and h.spent_at is null and h.cancelled_at is null
            order by w.expires_at, w.id limit %d
            """.formatted(AT_ONCE);
    private static final String CERTIFICATES = """
            select c.id, c.ca, c.serial, c.profile, c.device_id, c.subject, c.not_after, c.challenge_id,
                   (select h.created_by from challenge h where h.id = coalesce(c.challenge_id, c.origin_challenge_id))
                   as created_by
            from certificate c
            """;
    private static final String IN_USE = """
             and c.revoked_at is null
              and not exists (select from certificate n where n.ca = c.ca and n.renewed_serial = c.serial)
            """;
    private static final String ENDING = CERTIFICATES + """
            where c.profile = $1 and c.not_after >= $2 and (c.not_after, c.id) > ($2, $3) and c.not_after <= $4
              and c.id <= $5
            """ + IN_USE + " order by c.not_after, c.id limit " + AT_ONCE;
    private static final String NEW_ONES = CERTIFICATES + """
            join event_progress p on p.source = 'certificate/' || c.profile
            where c.id > $1 and c.id <= $2 and (c.not_after, c.id) <= (p.at, p.id)
            """ + IN_USE + " order by c.id limit " + AT_ONCE;
    private static final String PROFILES = """
            with recursive profiles(name) as (
                (select profile from certificate order by profile limit 1)
                union all
                select (select c.profile from certificate c where c.profile > p.name order by c.profile limit 1)
                from profiles p where p.name is not null
            )
            select name from profiles where name is not null
            """;

    private final Clock clock;

    ExpiryStore(Clock clock) {
        this.clock = clock;
    }

    /** Challenges that nobody used in time, after a place and up to a time. */
    Uni<List<Expiry>> challenges(SqlConnection connection, Progress after, Instant until) {
        return read(connection, CHALLENGES, stretch(after, until), this::challenge);
    }

    /** Challenges whose request nobody decided on in time. */
    Uni<List<Expiry>> reserved(SqlConnection connection, Progress after, Instant until) {
        return read(connection, RESERVED, stretch(after, until), this::challenge);
    }

    private static Tuple stretch(Progress after, Instant until) {
        return Tuple.of(utc(after.at()), after.id(), utc(until));
    }

    /** Profiles that have certificates. */
    Uni<List<String>> profiles(SqlConnection connection) {
        return read(connection, PROFILES, Tuple.tuple(), row -> row.getString("name"));
    }

    /**
     * A stretch of the ends of a profile's certificates.
     *
     * @param newest the id of the newest that counts
     */
    record Ends(String profile, Progress after, Instant until, UUID newest) {}

    /** Certificates that end in a stretch. */
    Uni<List<Expiry>> ending(SqlConnection connection, Ends ends) {
        Progress after = ends.after();
        Tuple values = Tuple.of(ends.profile(), utc(after.at()), after.id(), utc(ends.until()), ends.newest());
        return read(connection, ENDING, values, this::certificate);
    }

    /** Certificates issued since, so short-lived that the place of their end has been passed. */
    Uni<List<Expiry>> newOnes(SqlConnection connection, UUID after, UUID newest) {
        return read(connection, NEW_ONES, Tuple.of(after, newest), this::certificate);
    }

    private static <T> Uni<List<T>> read(
            SqlConnection connection, String statement, Tuple values, Function<Row, T> mapper) {
        return connection
                .preparedQuery(statement)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(mapper)
                        .toList());
    }

    private Expiry challenge(Row row) {
        Instant end = row.getOffsetDateTime("expires_at").toInstant();
        Event event = new Event(
                TimeOrderedId.at(clock.instant()),
                EventType.CHALLENGE_EXPIRED.text(),
                end,
                row.getString("created_by"),
                row.getString("profile"),
                text(row, "challenge_id"),
                row.getString("device_id"),
                text(row, "request_id"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Expiry(end, row.getUUID("id"), event);
    }

    private Expiry certificate(Row row) {
        Instant now = clock.instant();
        Instant end = row.getOffsetDateTime("not_after").toInstant();
        Event event = new Event(
                TimeOrderedId.at(now),
                EventType.CERTIFICATE_EXPIRING.text(),
                now,
                row.getString("created_by"),
                row.getString("profile"),
                text(row, "challenge_id"),
                row.getString("device_id"),
                null,
                null,
                row.getString("ca"),
                HexFormat.of().formatHex(row.getBuffer("serial").getBytes()),
                row.getString("subject"),
                end.toString(),
                null,
                null,
                null);
        return new Expiry(end, row.getUUID("id"), event);
    }

    private static String text(Row row, String column) {
        UUID id = row.getUUID(column);
        return id == null ? null : id.toString();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
