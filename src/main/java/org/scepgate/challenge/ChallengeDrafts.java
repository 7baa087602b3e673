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

    /** Fails with {@link ApiException}. */
    ChallengeDraft draft(AdapterOrder order) {
        ChallengeSecret secret = order.hexDigits().isPresent()
                ? ChallengeSecret.hex(random, order.hexDigits().getAsInt())
                : ChallengeSecret.random(random);
        OfferedProfile offer = requireOffer(order.challenge());
        ChallengeRequest.checkedDeviceId(order.challenge().deviceId().orElse(null));
        return draft(new Plan(order.challenge(), offer, secret), order.caller(), Succession.NONE);
    }

    /** The same names for the same device with a new secret, as far as the profile still allows them. */
    ChallengeDraft inPlaceOf(Challenge old, Optional<Duration> timeToLive, Caller caller) {
        NewChallenge asked = new NewChallenge(
                old.binding().profile(), BindingJson.textsOf(old.binding()), timeToLive, old.deviceId());
        return draft(asked, caller, Succession.after(old.id()));
    }

    private ChallengeDraft draft(NewChallenge asked, Caller caller, Succession succession) {
        Plan plan = new Plan(asked, requireOffer(asked), ChallengeSecret.random(random));
        ChallengeDraft draft = draft(plan, caller, succession);
        clients.requirePermitted(caller, draft.challenge().binding());
        return draft;
    }

    private OfferedProfile requireOffer(NewChallenge asked) {
        OfferedProfile offer = profiles.find(asked.profile())
                .orElseThrow(() -> ApiException.badRequest("unknown-profile", "profile", "there is no such profile"));
        if (!offer.profile().authenticateBy().takesOwnChallenges()) {
            throw ApiException.badRequest(
                    "profile-asks-elsewhere",
                    "profile",
                    "its devices bring challenges that another service makes, or one that they share");
        }
        return offer;
    }

    private record Plan(NewChallenge asked, OfferedProfile offer, ChallengeSecret secret) {}

    private ChallengeDraft draft(Plan plan, Caller caller, Succession succession) {
        NewChallenge asked = plan.asked();
        Instant now = now();
        Challenge challenge = new Challenge(
                TimeOrderedId.at(now),
                bindingFor(asked, plan.offer()),
                asked.deviceId(),
                caller.id(),
                now,
                now.plus(timeToLive(asked, plan.offer().profile().challenge())),
                Challenge.Progress.NONE,
                0,
                Optional.empty(),
                succession);
        return new ChallengeDraft(
                new IssuedChallenge(challenge, plan.secret(), plan.offer()),
                mac.of(plan.secret().value()),
                ChallengeEvents.created(challenge, caller));
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
