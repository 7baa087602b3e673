package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.scepgate.policy.Binding;
import org.scepgate.policy.ChallengeState;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.KnownChallenge;
import org.scepgate.policy.NoChallenge;
import org.scepgate.policy.UnknownChallenge;
import org.scepgate.policy.Verdict;

/**
 * Knows the challenges that devices share. A request with the right one gets a challenge of its own, so that all that is
 * true of challenges is true of it; the shared one is never spent.
 */
@Singleton
class StaticChallengeVerifier {
    // No challenge of ours has this length.
    private static final String DECOY = "decoy";

    private final StaticChallenges configured;
    private final StaticEnrolmentStore enrolments;
    private final VerdictStore verdicts;
    private final SecretMac mac;
    private final Clock clock;

    StaticChallengeVerifier(
            StaticChallenges configured,
            StaticEnrolmentStore enrolments,
            VerdictStore verdicts,
            SecretMac mac,
            Clock clock) {
        this.configured = configured;
        this.enrolments = enrolments;
        this.verdicts = verdicts;
        this.mac = mac;
        this.clock = clock;
    }

    Uni<Verdict> verify(EnrollmentRequest request, PresentedChallenge presented) {
        if (presented.password().isEmpty()) {
            return lookUp(DECOY).replaceWith(new NoChallenge());
        }
        return configured
                .find(request.profile(), presented)
                .chain(binding -> binding.map(names -> ownChallenge(request, names))
                        .orElseGet(() -> lookUp(presented.password().get()).replaceWith(new UnknownChallenge())));
    }

    private Uni<Verdict> lookUp(String password) {
        return verdicts.findBySecret(mac.of(password));
    }

    private Uni<Verdict> ownChallenge(EnrollmentRequest request, Binding binding) {
        return enrolments.find(request.profile().name(), request.csr()).chain(found -> {
            Optional<KnownChallenge> known = found.filter(challenge -> isCurrent(request, challenge, binding));
            return known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : enrolments
                            .replace(new StaticEnrolmentStore.Order(
                                    request.csr(), binding, found.map(KnownChallenge::challengeId), clock.instant()))
                            .chain(() -> enrolments.find(binding.profile(), request.csr()))
                            // Nothing is left to find where retention was at work this very moment.
                            .map(made ->
                                    made.<Verdict>map(challenge -> challenge).orElseGet(UnknownChallenge::new));
        });
    }

    /**
     * A device may enrol again with the same key once it can have lost no reply any more, unless that was revoked. One
     * that was refused is judged by what is configured now.
     */
    private boolean isCurrent(EnrollmentRequest request, KnownChallenge challenge, Binding configured) {
        Instant now = clock.instant();
        if (challenge.state() instanceof ChallengeState.Spent spent) {
            Instant end = spent.at().plus(request.profile().challenge().retryWindow());
            return spent.revoked() || (now.isBefore(end) && now.isBefore(spent.certificateNotAfter()));
        }
        return now.isBefore(challenge.expiresAt()) && challenge.binding().equals(configured);
    }
}
