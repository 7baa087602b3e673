package org.scepgate.challenge;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.audit.AuditEvent;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Binding;
import org.scepgate.policy.ChallengeRules;
import org.scepgate.policy.InvalidBindingException;

/** Makes challenges, shows them and takes them back. A client sees its own; operators and auditors see all. */
@Singleton
public class ChallengeService {
    private final ProfileCatalog profiles;
    private final Clients clients;
    private final ChallengeStore store;
    private final SecretMac mac;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final SecureRandom random = new SecureRandom();

    ChallengeService(
            ProfileCatalog profiles,
            Clients clients,
            ChallengeStore store,
            SecretMac mac,
            Clock clock,
            MeterRegistry metrics) {
        this.profiles = profiles;
        this.clients = clients;
        this.store = store;
        this.mac = mac;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Fails with {@link ApiException} for what the policy would refuse when the device comes. */
    public Uni<IssuedChallenge> issue(NewChallenge asked, Caller caller) {
        OfferedProfile offer = profiles.find(asked.profile())
                .orElseThrow(() -> ApiException.badRequest("unknown-profile", "profile", "there is no such profile"));
        Challenge challenge = challengeFor(asked, offer, caller);
        clients.requirePermitted(caller, challenge.binding());
        ChallengeSecret secret = ChallengeSecret.random(random);
        AuditEvent event = ChallengeEvents.created(challenge, caller);
        return clients.withinLimits(caller, 1, () -> store.add(challenge, mac.of(secret.value()), event))
                .invoke(() -> count("issued", challenge))
                .replaceWith(new IssuedChallenge(challenge, secret, offer));
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
        return store.list(search, clock.instant());
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
        // What PostgreSQL keeps of an instant, so that a challenge reads the same before and after it was stored.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
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

    private Challenge challengeFor(NewChallenge asked, OfferedProfile offer, Caller caller) {
        Instant now = now();
        Instant expiresAt = now.plus(timeToLive(asked, offer.profile().challenge()));
        return new Challenge(
                TimeOrderedId.at(now),
                bindingFor(asked, offer),
                asked.deviceId(),
                caller.id(),
                now,
                expiresAt,
                Challenge.Progress.NONE,
                0,
                Optional.empty());
    }

    private static Binding bindingFor(NewChallenge asked, OfferedProfile offer) {
        try {
            return Binding.of(asked.binding(), offer.profile());
        } catch (InvalidBindingException refused) {
            throw ApiException.badRequest("invalid-binding", refused.field(), refused.getMessage());
        }
    }

    private static Duration timeToLive(NewChallenge asked, ChallengeRules rules) {
        Duration timeToLive = asked.timeToLive().orElse(rules.ttlDefault());
        if (!rules.allows(timeToLive)) {
            throw ApiException.badRequest(
                    "ttl-out-of-range", "ttl", "the profile allows " + rules.ttlMin() + " to " + rules.ttlMax());
        }
        return timeToLive;
    }

    private static boolean isVisibleTo(Caller caller, Challenge challenge) {
        return caller.seesAll() || challenge.createdBy().equals(caller.id());
    }

    private static ApiException unknown() {
        // Also for another client's challenge: that it exists is not this caller's to know.
        return ApiException.notFound("unknown-challenge", "there is no such challenge");
    }

    private void count(String outcome, Challenge challenge) {
        String profile = challenge.binding().profile();
        metrics.counter(MetricNames.CHALLENGES, "outcome", outcome, "profile", profile)
                .increment();
    }
}
