package org.scepgate.approval;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.ApprovalRules;

/** The rows of waiting requests. Every change is conditional: between servers only the database decides. */
@ApplicationScoped
public class ApprovalStore {
    private static final String RULE = "ruling = :ruling, ruledAt = :at, ruledBy = :by, rulingReason = :reason";
    private static final String DENY = RULE + " where id = :id and ruling is null and expiresAt > :at";
    private static final String APPROVE =
            RULE + ", certificateCa = :ca, certificateSerial = :serial where id = :id and ruling is null";
    private static final String SAME = "profile = ?1 and requestSha256 = ?2 and challengeId is null";
    private static final String WAITS_WITH = "challengeId = ?1 and ruling is null and expiresAt > ?2";
    private static final int RETRY_AFTER_SECONDS = 300;

    private final AuditLog audit;
    private final HeldRows rows;
    private final HeldTransactions transactions;

    ApprovalStore(AuditLog audit, HeldRows rows, HeldTransactions transactions) {
        this.audit = audit;
        this.rows = rows;
        this.transactions = transactions;
    }

    /** The request that this one repeats, in the caller's transaction. */
    public Uni<Optional<HeldRequest>> findSame(HeldRequest asked, Duration retryWindow) {
        return asked.challengeId()
                .map(id -> HeldRequestEntity.<HeldRequestEntity>find("challengeId", id))
                .orElseGet(() -> HeldRequestEntity.find(
                        SAME,
                        Sort.descending("id"),
                        asked.profile(),
                        asked.content().requestSha256()))
                .firstResult()
                .map(row -> Optional.ofNullable(row)
                        .map(rows::requestOf)
                        .filter(known -> known.isSameAs(asked))
                        .filter(same -> same.challengeId().isPresent()
                                || same.isStillAnsweredAt(asked.receivedAt(), retryWindow)));
    }

    /**
     * Makes room for a request without a challenge, in the caller's transaction; false if the same came in meanwhile.
     * Fails with {@link UnavailableException} if too many wait: anybody can send such requests.
     */
    public Uni<Boolean> claimPlace(HeldRequest asked, ApprovalRules rules, Duration retryWindow) {
        return Panache.getSession()
                .call(session -> transactions.takeTurn(session, asked.profile()))
                .chain(session -> transactions.count(session, asked.profile(), asked.receivedAt()))
                .invoke(waiting -> requirePlace(asked, waiting, rules))
                .chain(() -> findSame(asked, retryWindow))
                .map(Optional::isEmpty);
    }

    private static void requirePlace(HeldRequest asked, long waiting, ApprovalRules rules) {
        if (waiting >= rules.maxPending()) {
            throw new UnavailableException(
                    "%d requests wait for approval in profile %s, as many as may".formatted(waiting, asked.profile()),
                    RETRY_AFTER_SECONDS);
        }
    }

    /** Adds a request in the caller's transaction. */
    public Uni<Void> add(HeldRequest held, PollKey key) {
        return rows.entityOf(held).persistAndFlush().chain(() -> join(held.id(), key));
    }

    /** Lets a waiting request be polled for in one more transaction, in the caller's own. */
    public Uni<Void> join(UUID id, PollKey key) {
        return Panache.getSession().chain(session -> transactions.point(session, key, id));
    }

    @WithSession
    public Uni<Optional<HeldRequest>> find(PollKey key) {
        return Panache.getSession()
                .chain(session -> transactions.find(session, key))
                .chain(id -> id.map(this::find).orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    @WithSession
    Uni<Optional<HeldRequest>> find(UUID id) {
        return HeldRequestEntity.<HeldRequestEntity>findById(id)
                .map(row -> Optional.ofNullable(row).map(rows::requestOf));
    }

    /** Newest first. */
    @WithSession
    Uni<List<HeldRequest>> list(HeldSearch search, Instant now) {
        return HeldRequestEntity.<HeldRequestEntity>find(
                        search.conditions(), Sort.descending("id"), search.parametersAt(now))
                .range(0, search.limit() - 1)
                .list()
                .map(found -> found.stream().map(rows::requestOf).toList());
    }

    /** True if this call denied the request, false if it waits no longer. */
    @WithTransaction
    Uni<Boolean> deny(UUID id, Ruling ruling, AuditEvent event) {
        return HeldRequestEntity.update(DENY, parametersOf(id, ruling))
                .chain(changed -> changed == 1
                        ? audit.append(event).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    /** Keeps everybody else from deciding on the request of a challenge, until the caller's transaction ends. */
    public Uni<Void> lockOf(UUID challengeId) {
        return Panache.getSession().chain(session -> transactions.lockOf(session, challengeId));
    }

    /** Denies the request of a challenge that was taken back, if it waits, in the caller's transaction. */
    public Uni<Void> denyOf(UUID challengeId, AuditEvent cancelled) {
        Ruling ruling =
                new Ruling(Ruling.Kind.DENIED, cancelled.actor(), "its challenge was cancelled", cancelled.at());
        return HeldRequestEntity.<HeldRequestEntity>find(WAITS_WITH, challengeId, cancelled.at())
                .firstResult()
                .chain(row -> row == null
                        ? Uni.createFrom().voidItem()
                        : deny(row.id, ruling, ApprovalEvents.closed(rows.requestOf(row), ruling, cancelled))
                                .replaceWithVoid());
    }

    /** Keeps everybody else from deciding, until the caller's transaction ends; false if it waits no longer. */
    public Uni<Boolean> lockPending(UUID id, Instant now) {
        return Panache.getSession().chain(session -> transactions.lockPending(session, id, now));
    }

    /** Records the ruling in the caller's transaction, which has locked the request and stored the certificate. */
    public Uni<Void> approve(UUID id, Ruling ruling, String ca, String serial) {
        Parameters parameters = parametersOf(id, ruling)
                .and("ca", ca)
                .and("serial", HexFormat.of().parseHex(serial));
        return HeldRequestEntity.update(APPROVE, parameters).replaceWithVoid();
    }

    private static Parameters parametersOf(UUID id, Ruling ruling) {
        return Parameters.with("id", id)
                .and("ruling", ruling.kind().name())
                .and("at", ruling.at())
                .and("by", ruling.by())
                .and("reason", ruling.reason());
    }
}
