package org.scepgate.challenge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;
import org.scepgate.idempotency.AnswerStore;
import org.scepgate.idempotency.SealedAnswer;
import org.scepgate.platform.SharedStatement;

/** The rows of challenges. Every change is one conditional statement: between servers only the database decides. */
@ApplicationScoped
public class ChallengeStore {
    /** {@link #spend} as a part of another statement: a row with {@code device_id} if it did. */
    public static final String SPENDING = """
            update challenge set spent_at = ?::timestamptz
            where id = ?::uuid and spent_at is null and cancelled_at is null and locked_at is null and held_at is null
                and expires_at > ?::timestamptz
            returning device_id
            """;

    // Spent and cancelled exclude each other; a locked or expired challenge may still be taken back.
    private static final String CANCEL =
            "cancelledAt = :now where id = :id and spentAt is null and cancelledAt is null";
    private static final String USABLE = "deviceId = :deviceId and spentAt is null and cancelledAt is null"
            + " and (expiresAt > :now or heldAt is not null)";
    private static final String IS_OPEN = " where id = :id and spentAt is null and cancelledAt is null"
            + " and lockedAt is null and heldAt is null and expiresAt > :now";
    private static final String SPEND = "spentAt = :now" + IS_OPEN;
    private static final String RESERVE = "heldAt = :now" + IS_OPEN;
    // Neither its expiry nor the refusals of others end what was reserved; its caller may still take it back.
    private static final String SPEND_RESERVED =
            "spentAt = :now where id = :id and spentAt is null and cancelledAt is null and heldAt is not null";

    private static final String EXTEND = "expiresAt = :expiresAt where id = :id and spentAt is null"
            + " and cancelledAt is null and lockedAt is null and expiresAt < :expiresAt";
    private static final String LOCK = "select id from challenge where id = :id for update";
    private static final String IS_REPLACED = "select exists (select from challenge where replaces = :id)";
    private static final String INSERT_ROWS = """
            insert into challenge (id, secret_mac, profile, device_id, created_by, created_at, expires_at, binding)
            select r.id, decode(r.secret_mac, 'hex'), r.profile, r.device_id, r.created_by, r.created_at, r.expires_at,
                   cast(r.binding as jsonb)
            from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(id uuid, secret_mac text, profile text,
                device_id text, created_by text, created_at timestamptz, expires_at timestamptz, binding text)
            """;

    private final AuditLog audit;
    private final AnswerStore answers;
    private final ChallengeRows rows;
    private final RefusalRows refusals;
    private final WaitingRequests waiting;

    ChallengeStore(
            AuditLog audit, AnswerStore answers, ChallengeRows rows, RefusalRows refusals, WaitingRequests waiting) {
        this.audit = audit;
        this.answers = answers;
        this.rows = rows;
        this.refusals = refusals;
        this.waiting = waiting;
    }

    /** What became of an order to replace a challenge. */
    enum Replacement {
        DONE,
        /** Another one stands in its place already. */
        REPLACED_BEFORE,
        /** The same request came before. */
        ANSWERED_BEFORE
    }

    /** Does nothing, and gives false, if there is an answer already to the request it is for. */
    @WithTransaction
    Uni<Boolean> add(ChallengeDraft draft, Optional<SealedAnswer> answer) {
        return keep(answer)
                .chain(kept -> kept
                        ? insert(draft).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    /** Likewise, all or none of them; the lines of their events are left to the caller. */
    @WithTransaction
    Uni<Boolean> addAll(ChallengeBatch batch, Optional<SealedAnswer> answer) {
        return keep(answer)
                .chain(kept -> kept
                        ? insert(batch).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    /**
     * Adds a challenge in place of another one, which is taken back unless it is spent; nothing is done where the result
     * is not {@link Replacement#DONE}.
     */
    @WithTransaction
    Uni<Replacement> replace(ReissueOrder order, Optional<SealedAnswer> answer) {
        return keep(answer)
                .chain(kept -> kept ? replace(order) : Uni.createFrom().item(Replacement.ANSWERED_BEFORE));
    }

    private Uni<Replacement> replace(ReissueOrder order) {
        UUID old = order.replaced();
        return isReplaced(old)
                .chain(replaced -> replaced
                        ? Panache.currentTransaction()
                                .invoke(Mutiny.Transaction::markForRollback)
                                .replaceWith(Replacement.REPLACED_BEFORE)
                        : cancel(old, order.cancelled())
                                .chain(() -> insert(order.draft()))
                                .chain(() -> order.then().get())
                                .replaceWith(Replacement.DONE));
    }

    /** Moves the end of a challenge that is not over for another reason; false if it is, or ends later already. */
    @WithTransaction
    Uni<Boolean> extend(UUID id, Instant expiresAt, AuditEvent event) {
        return ChallengeEntity.update(EXTEND, Parameters.with("id", id).and("expiresAt", expiresAt))
                .chain(changed -> changed == 1
                        ? audit.append(event).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> keep(Optional<SealedAnswer> answer) {
        return answer.map(answers::keep).orElse(Uni.createFrom().item(true));
    }

    private Uni<Void> insert(ChallengeDraft draft) {
        return rows.entityOf(draft.challenge(), draft.secretMac()).persist().chain(() -> audit.append(draft.event()));
    }

    private Uni<Void> insert(ChallengeBatch batch) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT_ROWS)
                        .setParameter("rows", batch.challengeRows())
                        .executeUpdate())
                .chain(() -> audit.appendRows(batch.eventRows()));
    }

    /** Locks the challenge first: of two that replace it, and of one that spends it, each sees what the other did. */
    private static Uni<Boolean> isReplaced(UUID old) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, UUID.class)
                        .setParameter("id", old)
                        .getSingleResultOrNull()
                        .chain(locked -> session.createNativeQuery(IS_REPLACED, Boolean.class)
                                .setParameter("id", old)
                                .getSingleResult()));
    }

    @WithSession
    public Uni<Optional<Challenge>> find(UUID id) {
        return ChallengeEntity.<ChallengeEntity>findById(id)
                .map(row -> Optional.ofNullable(row).map(rows::challengeOf));
    }

    /** Newest first. */
    @WithSession
    Uni<List<Challenge>> list(ChallengeSearch search, Instant now) {
        return ChallengeEntity.<ChallengeEntity>find(
                        search.conditions(), Sort.descending("id"), search.parametersAt(now))
                .range(0, search.limit() - 1)
                .list()
                .map(found -> found.stream().map(rows::challengeOf).toList());
    }

    /**
     * True if this call took the challenge back, and with it denied the request that waits; false if the challenge is
     * spent or cancelled already.
     */
    @WithTransaction
    Uni<Boolean> cancel(UUID id, AuditEvent event) {
        // The request first, as an approval does: two who lock the same rows the other way round wait for each other.
        return waiting.lock(id)
                .chain(() -> change(CANCEL, id, event.at()))
                .chain(won -> won ? close(id, event) : Uni.createFrom().item(false));
    }

    private Uni<Boolean> close(UUID id, AuditEvent event) {
        return audit.append(event).chain(() -> waiting.deny(id, event)).replaceWith(true);
    }

    /** Takes back all of a device that could still be used, in the caller's transaction; gives how many. */
    Uni<Integer> cancelAllOf(String deviceId, Instant now, Function<Challenge, AuditEvent> event) {
        return ChallengeEntity.<ChallengeEntity>find(
                        USABLE, Parameters.with("deviceId", deviceId).and("now", now))
                .list()
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(row -> cancel(row.id, event.apply(rows.challengeOf(row))))
                        .collect()
                        .asList())
                .map(done -> (int) done.stream().filter(Boolean::booleanValue).count());
    }

    /**
     * Spends a challenge that is open and in date, in the caller's transaction: true for exactly one caller. A server
     * that comes second waits for the first one's commit and then finds nothing to spend.
     */
    public Uni<Boolean> spend(UUID id, Instant now) {
        return change(SPEND, id, now);
    }

    /** The values of {@link #SPENDING}. */
    public static void addSpending(SharedStatement.Values values, UUID id, Instant now) {
        values.add(now).add(id).add(now);
    }

    /** As {@link #spend}, but keeps the challenge for one request that waits for a person. */
    public Uni<Boolean> reserve(UUID id, Instant now) {
        return change(RESERVE, id, now);
    }

    /** Spends a challenge that is reserved, in the caller's transaction; false if it was taken back meanwhile. */
    public Uni<Boolean> spendReserved(UUID id, Instant now) {
        return change(SPEND_RESERVED, id, now);
    }

    private static Uni<Boolean> change(String update, UUID id, Instant now) {
        return ChallengeEntity.update(update, Parameters.with("id", id).and("now", now))
                .map(changed -> changed == 1);
    }

    /**
     * Counts a refusal on a challenge and keeps its violations, in the caller's transaction. At the limit an unspent
     * challenge locks; true if this refusal locked it.
     */
    public Uni<Boolean> recordRefusal(UUID id, Refusal refusal) {
        return Panache.getSession().chain(session -> refusals.insert(session, id, refusal));
    }

    /** The refusals of one challenge, oldest first. */
    @WithSession
    Uni<List<RefusedAttempt>> refusalsOf(UUID id) {
        return Panache.getSession().chain(session -> refusals.list(session, id));
    }
}
