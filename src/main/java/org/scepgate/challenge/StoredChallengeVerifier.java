package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.NoChallenge;
import org.scepgate.policy.Verdict;

/** Knows the challenges that this server made, and leads to who knows those that it did not. */
@Singleton
class StoredChallengeVerifier implements ChallengeVerifier {
    private final VerdictStore verdicts;
    private final SecretMac mac;

    private final StaticChallengeVerifier shared;

    StoredChallengeVerifier(VerdictStore verdicts, SecretMac mac, StaticChallengeVerifier shared) {
        this.shared = shared;
        this.verdicts = verdicts;
        this.mac = mac;
    }

    @Override
    public Uni<Verdict> verify(EnrollmentRequest request, PresentedChallenge presented) {
        if (request.profile().authenticateBy() == Authentication.STATIC) {
            return shared.verify(request, presented);
        }
        return presented
                .password()
                .map(this::lookUp)
                // As long as a wrong one takes: time must not tell either whether there is one.
                .orElseGet(() -> lookUp(KnownSecrets.DECOY).replaceWith(new NoChallenge()));
    }

    @Override
    public Uni<Verdict> recall(UUID challengeId) {
        return verdicts.findById(challengeId);
    }

    private Uni<Verdict> lookUp(String password) {
        return verdicts.findBySecret(mac.of(password));
    }
}
