package org.scepgate.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Gives deliveries to servers and notes what came of them.
 *
 * <p>A claim ends by itself: a server that dies with one has perhaps delivered it, and another one delivers it again. It
 * ends by the database's clock, so that a server whose own is fast takes nothing away from the others.
 */
@Singleton
class DeliveryStore {
    /** Failures in a row after which a receiver gets one attempt at a time, to see whether it is back. */
    static final int FAILING = 5;

    private static final String KNOWN = "insert into event_webhook (name) values ($1) on conflict do nothing";
    private static final String IS_DUE = """
            select exists (
                select from event_delivery where webhook = $1 and state = 'PENDING' and due_at <= $2
                and (claimed_until is null or claimed_until <= clock_timestamp())) as due
            """;
    // One server after the other: what they see of each other's claims is complete.
    static final String LOCK = "select failures, retry_at from event_webhook where name = $1 for update";
    private static final String CLAIM = """
            with chosen as materialized (
                select event_number from event_delivery
                where webhook = $1 and state = 'PENDING' and due_at <= $2
                  and (claimed_until is null or claimed_until <= clock_timestamp())
                order by due_at, event_number limit $4
            )
            update event_delivery d
            set claimed_until = clock_timestamp() + make_interval(secs => $3), attempts = attempts + 1
            from chosen join event e on e.number = chosen.event_number
            where d.webhook = $1 and d.event_number = chosen.event_number
            returning e.number, e.id, e.type, e.body, d.attempts, d.queued_at
            """;
    private static final String PROBE = "update event_webhook set retry_at = $2 where name = $1";
    private static final String DELIVERED = """
            update event_delivery set state = 'DELIVERED', claimed_until = null, last_attempt_at = $3, last_status = $4,
                last_error = null
            where webhook = $1 and event_number = $2 and state = 'PENDING'
            """;
    private static final String RECOVERED = """
            update event_webhook w set failures = 0, failing_since = null, retry_at = null
            from (select name, failures from event_webhook where name = $1 for update) before
            where w.name = before.name and before.failures > 0
            returning before.failures
            """;
    private static final String DUE_NOW = """
            update event_delivery set due_at = $2
            where webhook = $1 and state = 'PENDING' and due_at > $2
              and (claimed_until is null or claimed_until <= clock_timestamp())
            """;
    private static final String FAILED = """
            update event_delivery set state = $3, due_at = $4, claimed_until = null, last_attempt_at = $5,
                last_status = $6, last_error = $7
            where webhook = $1 and event_number = $2 and state = 'PENDING'
            """;
    // What was under way when a receiver began to fail says nothing new.
    private static final String COUNT = """
            update event_webhook set failing_since = coalesce(failing_since, $2),
                failures = case when $3 or failures < $4 then failures + 1 else failures end
            where name = $1 returning failures
            """;
    private static final String TOO_OLD = """
            update event_delivery set state = 'DEAD', last_error = $3
            where webhook = $1 and state = 'PENDING' and queued_at <= $2 and claimed_until is null
            """;

    private final Pool database;

    DeliveryStore(Pool database) {
        this.database = database;
    }

    /** Makes a webhook known, so that servers can queue for it. */
    Uni<Void> know(String webhook) {
        return database.preparedQuery(KNOWN).execute(Tuple.of(webhook)).replaceWithVoid();
    }

    /** What is due, oldest first; one at a time while the receiver is failing. */
    Uni<List<Claim>> claim(Webhook webhook, Instant now) {
        return database.preparedQuery(IS_DUE)
                .execute(Tuple.of(webhook.name(), utc(now)))
                .chain(rows -> rows.iterator().next().getBoolean("due")
                        ? database.withTransaction(transaction -> claim(transaction, webhook, now))
                        : Uni.createFrom().item(List.of()));
    }

    private static Uni<List<Claim>> claim(SqlConnection transaction, Webhook webhook, Instant now) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(webhook.name()))
                .map(rows -> rows.iterator().next())
                .chain(row -> {
                    boolean failing = row.getInteger("failures") >= FAILING;
                    OffsetDateTime retryAt = row.getOffsetDateTime("retry_at");
                    boolean wait =
                            failing && retryAt != null && retryAt.toInstant().isAfter(now);
                    return wait ? Uni.createFrom().item(List.of()) : claim(transaction, webhook, now, failing);
                });
    }

    private static Uni<List<Claim>> claim(SqlConnection transaction, Webhook webhook, Instant now, boolean probe) {
        Duration claim = webhook.delivery().claim();
        int most = probe ? 1 : webhook.delivery().parallel();
        Uni<?> keepOthersAway = probe
                ? transaction.preparedQuery(PROBE).execute(Tuple.of(webhook.name(), utc(now.plus(claim))))
                : Uni.createFrom().voidItem();
        return keepOthersAway
                .chain(() -> transaction
                        .preparedQuery(CLAIM)
                        .execute(Tuple.of(webhook.name(), utc(now), (double) claim.toSeconds(), most)))
                .map(rows -> claims(rows, probe));
    }

    private static List<Claim> claims(RowSet<Row> rows, boolean probe) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Claim(
                        row.getLong("number"),
                        row.getUUID("id"),
                        row.getString("type"),
                        row.getString("body"),
                        row.getInteger("attempts"),
                        row.getOffsetDateTime("queued_at").toInstant(),
                        probe))
                .sorted((one, other) -> Long.compare(one.number(), other.number()))
                .toList();
    }

    /** A receiver that is back gets at once what it missed. */
    Uni<Void> recordDelivered(Webhook webhook, Claim claim, int status, Instant now) {
        Tuple values = Tuple.of(webhook.name(), claim.number(), utc(now), status);
        return database.withTransaction(transaction ->
                transaction.preparedQuery(DELIVERED).execute(values).chain(() -> recover(transaction, webhook, now)));
    }

    private static Uni<Void> recover(SqlConnection transaction, Webhook webhook, Instant now) {
        return transaction
                .preparedQuery(RECOVERED)
                .execute(Tuple.of(webhook.name()))
                .chain(rows -> rows.size() > 0 && rows.iterator().next().getInteger("failures") >= FAILING
                        ? transaction
                                .preparedQuery(DUE_NOW)
                                .execute(Tuple.of(webhook.name(), utc(now)))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    /** Gives whether the event is given up. */
    Uni<Boolean> recordFailed(Webhook webhook, Claim claim, Failure failure, Instant now) {
        Webhook.Delivery delivery = webhook.delivery();
        boolean dead = failure.forGood() || !now.isBefore(claim.queuedAt().plus(delivery.giveUpAfter()));
        Instant due = now.plus(delivery.backOff().after(claim.attempt(), failure.pause()));
        Tuple values = Tuple.tuple()
                .addString(webhook.name())
                .addLong(claim.number())
                .addString(dead ? "DEAD" : "PENDING")
                .addOffsetDateTime(utc(due))
                .addOffsetDateTime(utc(now))
                .addInteger(failure.status())
                .addString(failure.text());
        return database.withTransaction(transaction -> transaction
                        .preparedQuery(FAILED)
                        .execute(values)
                        .chain(() -> failure.forGood()
                                ? recover(transaction, webhook, now)
                                : count(transaction, webhook, new Attempt(claim, failure, now))))
                .replaceWith(dead);
    }

    private record Attempt(Claim claim, Failure failure, Instant now) {}

    private static Uni<Void> count(SqlConnection transaction, Webhook webhook, Attempt attempt) {
        Instant now = attempt.now();
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(webhook.name(), utc(now), attempt.claim().probe(), FAILING))
                .map(rows -> rows.iterator().next().getInteger("failures"))
                .chain(failures -> failures < FAILING
                        ? Uni.createFrom().voidItem()
                        : pause(transaction, webhook, attempt, failures));
    }

    private static Uni<Void> pause(SqlConnection transaction, Webhook webhook, Attempt attempt, int failures) {
        Webhook.Delivery delivery = webhook.delivery();
        Instant now = attempt.now();
        Instant retryAt = now.plus(delivery.backOff()
                .after(failures - FAILING + 1, attempt.failure().pause()));
        return transaction
                .preparedQuery(PROBE)
                .execute(Tuple.of(webhook.name(), utc(retryAt)))
                .chain(() -> transaction
                        .preparedQuery(TOO_OLD)
                        .execute(Tuple.of(
                                webhook.name(),
                                utc(now.minus(delivery.giveUpAfter())),
                                attempt.failure().text())))
                .replaceWithVoid();
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
