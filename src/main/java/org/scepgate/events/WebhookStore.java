package org.scepgate.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;
import org.scepgate.platform.Caller;

/** What the API shows of webhooks, and lets operators do. */
@Singleton
class WebhookStore {
    /** How many one order sends again. */
    static final int REPLAYED_AT_ONCE = 10_000;

    private static final String STATUS = """
            select w.name, w.failures, w.failing_since, w.retry_at, waiting.count as pending, waiting.oldest,
                   (select count(*) from event_delivery d where d.webhook = w.name and d.state = 'DEAD') as dead
            from event_webhook w, lateral (
                select count(*) as count, min(d.queued_at) as oldest from event_delivery d
                where d.webhook = w.name and d.state = 'PENDING') waiting
            where w.name = any ($1)
            """;
    private static final String LIST = """
            select e.id, e.type, e.at, e.body, d.state, d.attempts, d.queued_at, d.due_at, d.last_attempt_at,
                   d.last_status, d.last_error
            from event_delivery d join event e on e.number = d.event_number
            where d.webhook = $1 and ($2::text is null or d.state = $2)
              and ($3::uuid is null or d.event_number < (select number from event where id = $3))
            order by d.event_number desc limit $4
            """;
    private static final String REPLAY = """
            update event_delivery set state = 'PENDING', attempts = 0, queued_at = $2, due_at = $2
            where webhook = $1 and event_number = (select number from event where id = $3)
            """;
    private static final String REPLAY_DEAD = """
            update event_delivery set state = 'PENDING', attempts = 0, queued_at = $2, due_at = $2
            where webhook = $1 and event_number in (
                select event_number from event_delivery where webhook = $1 and state = 'DEAD'
                order by event_number limit $3) and state = 'DEAD'
            """;
    // Else the first of them would wait for the end of the pause that the receiver's failures brought.
    private static final String PROBE_NOW = "update event_webhook set retry_at = $2 where name = $1 and retry_at > $2";

    private final Pool database;
    private final AuditLog audit;
    private final Clock clock;

    WebhookStore(Pool database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** By name; of those that were never served there is none. */
    Uni<Map<String, WebhookStatus>> status(List<String> names) {
        return database.preparedQuery(STATUS)
                .execute(Tuple.tuple().addArrayOfString(names.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(WebhookStore::status)
                        .collect(Collectors.toMap(WebhookStatus::name, Function.identity())));
    }

    private static WebhookStatus status(Row row) {
        return new WebhookStatus(
                row.getString("name"),
                row.getInteger("failures"),
                time(row, "failing_since"),
                time(row, "retry_at"),
                row.getLong("pending"),
                time(row, "oldest"),
                row.getLong("dead"));
    }

    /** Newest first. */
    Uni<List<DeliveryView>> list(String webhook, Optional<DeliveryState> state, Optional<UUID> after, int limit) {
        Tuple values = Tuple.of(webhook, state.map(Enum::name).orElse(null), after.orElse(null), limit);
        return database.preparedQuery(LIST)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(WebhookStore::view)
                        .toList());
    }

    private static DeliveryView view(Row row) {
        DeliveryState state = DeliveryState.valueOf(row.getString("state"));
        return new DeliveryView(
                row.getUUID("id"),
                row.getString("type"),
                time(row, "at"),
                state,
                row.getInteger("attempts"),
                time(row, "queued_at"),
                state == DeliveryState.PENDING ? time(row, "due_at") : null,
                time(row, "last_attempt_at"),
                row.getInteger("last_status"),
                row.getString("last_error"),
                row.getString("body"));
    }

    /** Gives how many; none, if the event is not one of that webhook. */
    Uni<Integer> replay(Webhook webhook, UUID event, Caller caller) {
        Instant now = clock.instant();
        return change(
                webhook,
                now,
                transaction -> transaction
                        .preparedQuery(REPLAY)
                        .execute(Tuple.of(webhook.name(), DeliveryStore.utc(now), event)),
                replayed -> replayed(webhook, caller, now, Map.of("eventId", event.toString())));
    }

    /** Gives how many. */
    Uni<Integer> replayDead(Webhook webhook, Caller caller) {
        Instant now = clock.instant();
        return change(
                webhook,
                now,
                transaction -> transaction
                        .preparedQuery(REPLAY_DEAD)
                        .execute(Tuple.of(webhook.name(), DeliveryStore.utc(now), REPLAYED_AT_ONCE)),
                replayed -> replayed(webhook, caller, now, Map.of("deliveries", replayed)));
    }

    /** In the order of locks that claims have: the webhook, then its deliveries. */
    private Uni<Integer> change(
            Webhook webhook,
            Instant now,
            Function<SqlConnection, Uni<RowSet<Row>>> statement,
            Function<Integer, AuditEvent> event) {
        return database.withTransaction(transaction -> transaction
                .preparedQuery(DeliveryStore.LOCK)
                .execute(Tuple.of(webhook.name()))
                .chain(() -> statement.apply(transaction))
                .map(SqlResult::rowCount)
                .call(replayed -> replayed == 0
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(PROBE_NOW)
                                .execute(Tuple.of(webhook.name(), DeliveryStore.utc(now)))
                                .chain(() -> audit.append(transaction, event.apply(replayed)))));
    }

    private static AuditEvent replayed(Webhook webhook, Caller caller, Instant now, Map<String, Object> details) {
        String object = "webhook/" + webhook.name();
        return new AuditEvent(
                now, caller.id(), caller.sourceAddress(), "webhook.replayed", object, "success", null, details);
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
