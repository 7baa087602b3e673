package org.scepgate.challenge;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.scepgate.audit.AuditEvent;
import org.scepgate.challenge.ClientLimits.Wanted;
import org.scepgate.idempotency.SealedAnswer;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.MetricNames;

/** Makes challenges, shows them and takes them back. A client sees its own; operators and auditors see all. */
@Singleton
public class ChallengeService {
    private final ProfileCatalog profiles;
    private final ChallengeDrafts drafts;
    private final Clients clients;
    private final ChallengeStore store;
    private final MeterRegistry metrics;

    ChallengeService(
            ProfileCatalog profiles,
            ChallengeDrafts drafts,
            Clients clients,
            ChallengeStore store,
            MeterRegistry metrics) {
        this.profiles = profiles;
        this.drafts = drafts;
        this.clients = clients;
        this.store = store;
        this.metrics = metrics;
    }

    /** Fails with {@link ApiException} for what the policy would refuse when the device comes, and for one too many. */
    public Uni<IssuedChallenge> issue(AdapterOrder order) {
        ChallengeDraft draft = drafts.draft(order);
        return clients.withinMost(order.mostOpen(), order.caller(), () -> store.add(draft, Optional.empty()))
                .invoke(done -> issued(done, draft))
                .replaceWith(draft.issued());
    }

    /** False if there is an answer already to the request that it is for, and then nothing was done. */
    Uni<Boolean> add(ChallengeDraft made, Optional<SealedAnswer> answer, Caller caller) {
        return clients.withinLimits(caller, Wanted.more(1), () -> store.add(made, answer))
                .invoke(done -> issued(done, made));
    }

    /** As {@link #add}, all or none; the lines of their events are left to the caller. */
    Uni<Boolean> addAll(ChallengeBatch made, Optional<SealedAnswer> answer, Caller caller) {
        return clients.withinLimits(caller, Wanted.more(made.drafts().size()), () -> store.addAll(made, answer))
                .invoke(done -> made.drafts().forEach(draft -> issued(done, draft)));
    }

    /** As {@link #add}; the old challenge is taken back. */
    Uni<Boolean> replace(ReissueOrder order, Optional<SealedAnswer> answer, Caller caller) {
        Uni<ChallengeStore.Replacement> replaced =
                clients.withinLimits(caller, Wanted.inPlaceOf(order.replaced()), () -> store.replace(order, answer));
        return replaced.map(outcome -> {
            if (outcome == ChallengeStore.Replacement.REPLACED_BEFORE) {
                throw ApiException.conflict(
                        "challenge-replaced", "another challenge was made in its place: see replacedBy");
            }
            boolean done = outcome == ChallengeStore.Replacement.DONE;
            issued(done, order.draft());
            return done;
        });
    }

    /** Done as well if it ends at that time already. */
    Uni<Challenge> extend(UUID id, Duration timeToLive, Caller caller) {
        return require(id, caller).chain(challenge -> {
            Instant expiresAt = laterEnd(challenge, timeToLive);
            AuditEvent event = ChallengeEvents.extended(challenge, expiresAt, caller, now());
            return withinQuota(challenge, caller, () -> store.extend(id, expiresAt, event))
                    .chain(() -> store.find(id))
                    .map(found -> requireOpen(found.orElseThrow(ChallengeService::unknown)));
        });
    }

    /** What has expired counts as open again; an operator who revives the challenge of a client knows why. */
    private Uni<Boolean> withinQuota(Challenge challenge, Caller caller, Supplier<Uni<Boolean>> extension) {
        boolean revives = challenge.statusAt(now()) == ChallengeStatus.EXPIRED;
        return revives && challenge.createdBy().equals(caller.id())
                ? clients.withinQuota(caller, Wanted.more(1), extension)
                : extension.get();
    }

    private Instant laterEnd(Challenge challenge, Duration timeToLive) {
        requireOpen(challenge);
        OfferedProfile offer = offerOf(challenge)
                .orElseThrow(() -> ApiException.conflict("unknown-profile", "its profile is no longer configured"));
        ChallengeDrafts.allowed(timeToLive, offer.profile().challenge());
        Instant expiresAt = challenge.createdAt().plus(timeToLive);
        if (expiresAt.isBefore(challenge.expiresAt()) || !expiresAt.isAfter(now())) {
            throw ApiException.badRequest(
                    "ttl-out-of-range",
                    "ttl",
                    "counted from createdAt it would end in the past, or earlier than it does");
        }
        return expiresAt;
    }

    private static Challenge requireOpen(Challenge challenge) {
        if (challenge.progress().spentAt().isPresent()) {
            throw ApiException.conflict("challenge-redeemed", "a certificate was issued for this challenge");
        }
        if (challenge.progress().cancelledAt().isPresent()) {
            throw ApiException.conflict("challenge-cancelled", "this challenge was taken back");
        }
        if (challenge.progress().lockedAt().isPresent()) {
            throw ApiException.conflict("challenge-locked", "too many enrolments with this challenge were refused");
        }
        return challenge;
    }

    Uni<Challenge> require(UUID id, Caller caller) {
        return store.find(id)
                .map(found -> found.filter(challenge -> isVisibleTo(caller, challenge))
                        .orElseThrow(ChallengeService::unknown));
    }

    Uni<List<RefusedAttempt>> refusalsOf(Challenge challenge) {
        return challenge.failedAttempts() == 0 ? Uni.createFrom().item(List.of()) : store.refusalsOf(challenge.id());
    }

    Uni<List<Challenge>> list(ChallengeSearch search) {
        return store.list(search, now());
    }

    /** Done as well when it was cancelled before. */
    Uni<Void> cancel(UUID id, Caller caller) {
        return require(id, caller).chain(challenge -> {
            AuditEvent event = ChallengeEvents.cancelled(challenge, caller, now());
            return store.cancel(id, event).chain(done -> done ? cancelled(challenge) : requireCancelled(id));
        });
    }

    /** Takes back all of a device that could still be used, in the caller's transaction; gives how many. */
    public Uni<Integer> cancelAllOf(String deviceId, Caller caller, Instant now) {
        return store.cancelAllOf(deviceId, now, challenge -> ChallengeEvents.cancelled(challenge, caller, now));
    }

    Optional<OfferedProfile> offerOf(Challenge challenge) {
        return profiles.find(challenge.binding().profile());
    }

    Instant now() {
        return drafts.now();
    }

    private Uni<Void> cancelled(Challenge challenge) {
        count("cancelled", challenge);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> requireCancelled(UUID id) {
        return store.find(id).map(found -> {
            if (found.orElseThrow(ChallengeService::unknown)
                    .progress()
                    .spentAt()
                    .isPresent()) {
                throw ApiException.conflict(
                        "challenge-redeemed", "a certificate was issued for this challenge; revoke that instead");
            }
            return null;
        });
    }

    private static boolean isVisibleTo(Caller caller, Challenge challenge) {
        return caller.seesAll() || challenge.createdBy().equals(caller.id());
    }

    private static ApiException unknown() {
        // Also for another client's challenge: that it exists is not this caller's to know.
        return ApiException.notFound("unknown-challenge", "there is no such challenge");
    }

    private void issued(boolean done, ChallengeDraft draft) {
        if (done) {
            count("issued", draft.challenge());
        }
    }

    private void count(String outcome, Challenge challenge) {
        String profile = challenge.binding().profile();
        metrics.counter(MetricNames.CHALLENGES, "outcome", outcome, "profile", profile)
                .increment();
    }
}
