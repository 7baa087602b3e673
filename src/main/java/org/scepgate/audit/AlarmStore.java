package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Counts events of the last while, and keeps which alarm was raised when. */
@Singleton
class AlarmStore {
    private static final String[] ENROLLED = {"certificate.issued", "certificate.renewed"};
    private static final String[] FAILED = {"enrollment.refused", "challenge.reused"};

    // The id bounds what is read: all of it stands at the end of the primary key.
    private static final String BY_ADDRESS = """
            select source_address as name, count(*) as count from audit_event
            where id >= $1 and at >= $2 and action = any ($3) and source_address is not null
            group by source_address having count(*) >= $4
            """;
    // Who made a challenge is the actor of its first event.
    private static final String BY_CLIENT = """
            with failed as materialized (
                select 'challenge/' || (details ->> 'challengeId') as object, count(*) as count from audit_event
                where id >= $1 and at >= $2 and action = any ($3) and details ->> 'challengeId' is not null
                group by 1
            )
            select made.actor as name, sum(failed.count)::bigint as count from failed
            join audit_event made on made.object = failed.object and made.action = 'challenge.created'
            group by made.actor having sum(failed.count) >= $4
            """;
    private static final String BY_MINUTE = """
            select coalesce(details ->> 'profile', '') as name, date_trunc('minute', at) as minute, count(*) as count
            from audit_event where id >= $1 and at >= $2 and action = any ($3) group by 1, 2
            """;
    private static final String FORGET = "delete from audit_alarm where raised_at <= $1";
    private static final String RAISE = """
            insert into audit_alarm (action, object, raised_at) values ($1, $2, $3)
            on conflict (action, object) do nothing
            """;

    private final Pool database;
    private final AuditLog audit;

    AlarmStore(Pool database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    /** How often something happened, to whom. */
    record Count(String name, long count) {}

    /** How many enrolled at a profile in a minute. */
    record Minute(String profile, Instant minute, long count) {}

    Uni<List<Count>> enrolmentsByAddress(SqlConnection connection, Instant since, long threshold) {
        return count(connection, BY_ADDRESS, values(since, ENROLLED).addLong(threshold));
    }

    Uni<List<Count>> failuresByAddress(SqlConnection connection, Instant since, long threshold) {
        return count(connection, BY_ADDRESS, values(since, FAILED).addLong(threshold));
    }

    Uni<List<Count>> failuresByClient(SqlConnection connection, Instant since, long threshold) {
        return count(connection, BY_CLIENT, values(since, FAILED).addLong(threshold));
    }

    Uni<List<Minute>> enrolmentsByMinute(SqlConnection connection, Instant since) {
        return connection
                .preparedQuery(BY_MINUTE)
                .execute(values(since, ENROLLED))
                .map(rows -> stream(rows)
                        .map(row -> new Minute(
                                row.getString("name"),
                                row.getOffsetDateTime("minute").toInstant(),
                                row.getLong("count")))
                        .toList());
    }

    private static Uni<List<Count>> count(SqlConnection connection, String statement, Tuple values) {
        return connection
                .preparedQuery(statement)
                .execute(values)
                .map(rows -> stream(rows)
                        .map(row -> new Count(row.getString("name"), row.getLong("count")))
                        .toList());
    }

    /** From then on they can be raised again. */
    Uni<Void> forgetRaisedBefore(SqlConnection connection, Instant time) {
        return connection
                .preparedQuery(FORGET)
                .execute(Tuple.of(time.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Writes the event, unless this alarm was raised already. */
    Uni<Void> raise(Alarm alarm, Instant now, Duration window) {
        Tuple values = Tuple.of(alarm.action(), alarm.object(), now.atOffset(ZoneOffset.UTC));
        return database.withTransaction(transaction -> transaction
                .preparedQuery(RAISE)
                .execute(values)
                .chain(raised -> raised.rowCount() == 1
                        ? audit.append(transaction, alarm.event(now, window))
                        : Uni.createFrom().voidItem()));
    }

    private static Tuple values(Instant since, String... actions) {
        return Tuple.tuple()
                .addUUID(new UUID(since.toEpochMilli() << 16, 0))
                .addOffsetDateTime(since.atOffset(ZoneOffset.UTC))
                .addArrayOfString(actions);
    }

    private static Stream<Row> stream(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
