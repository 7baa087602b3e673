package org.scepgate.challenge;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.scepgate.challenge.Challenge.Succession;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Binding;
import org.scepgate.policy.ChallengeRules;
import org.scepgate.policy.InvalidBindingException;

/** Draws up challenges, and refuses what the policy would refuse when the device comes. */
@Singleton
class ChallengeDrafts {
    private final ProfileCatalog profiles;
    private final Clients clients;
    private final SecretMac mac;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ChallengeDrafts(ProfileCatalog profiles, Clients clients, SecretMac mac, Clock clock) {
        this.profiles = profiles;
        this.clients = clients;
        this.mac = mac;
        this.clock = clock;
    }

    /** Fails with {@link ApiException}. */
    ChallengeDraft draft(NewChallenge asked, Caller caller) {
        return draft(asked, caller, Succession.NONE);
    }

    /** The same names for the same device with a new secret, as far as the profile still allows them. */
    ChallengeDraft inPlaceOf(Challenge old, Optional<Duration> timeToLive, Caller caller) {
        NewChallenge asked = new NewChallenge(
                old.binding().profile(), BindingJson.textsOf(old.binding()), timeToLive, old.deviceId());
        return draft(asked, caller, Succession.after(old.id()));
    }

    private ChallengeDraft draft(NewChallenge asked, Caller caller, Succession succession) {
        OfferedProfile offer = profiles.find(asked.profile())
                .orElseThrow(() -> ApiException.badRequest("unknown-profile", "profile", "there is no such profile"));
        requireOwn(offer);
        Instant now = now();
        Challenge challenge = new Challenge(
                TimeOrderedId.at(now),
                bindingFor(asked, offer),
                asked.deviceId(),
                caller.id(),
                now,
                now.plus(timeToLive(asked, offer.profile().challenge())),
                Challenge.Progress.NONE,
                0,
                Optional.empty(),
                succession);
        clients.requirePermitted(caller, challenge.binding());
        ChallengeSecret secret = ChallengeSecret.random(random);
        return new ChallengeDraft(
                new IssuedChallenge(challenge, secret, offer),
                mac.of(secret.value()),
                ChallengeEvents.created(challenge, caller));
    }

    private static void requireOwn(OfferedProfile offer) {
        if (offer.profile().authenticateBy().asksOutside()) {
            throw ApiException.badRequest(
                    "profile-asks-elsewhere", "profile", "its devices bring challenges that another service makes");
        }
    }

    /** What PostgreSQL keeps of an instant, so that a challenge reads the same before and after it was stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Binding bindingFor(NewChallenge asked, OfferedProfile offer) {
        try {
            return Binding.of(asked.binding(), offer.profile());
        } catch (InvalidBindingException refused) {
            throw ApiException.badRequest("invalid-binding", refused.field(), refused.getMessage());
        }
    }

    private static Duration timeToLive(NewChallenge asked, ChallengeRules rules) {
        return asked.timeToLive().map(timeToLive -> allowed(timeToLive, rules)).orElse(rules.ttlDefault());
    }

    static Duration allowed(Duration timeToLive, ChallengeRules rules) {
        if (!rules.allows(timeToLive)) {
            throw ApiException.badRequest(
                    "ttl-out-of-range", "ttl", "the profile allows " + rules.ttlMin() + " to " + rules.ttlMax());
        }
        return timeToLive;
    }
}
