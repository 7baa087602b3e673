package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.Verdict;

/** Says what is known of the challenge in a request; it reads and spends nothing. */
public interface ChallengeVerifier {

    Uni<Verdict> verify(EnrollmentRequest request, Optional<String> challengePassword);

    /** The same of a challenge that a waiting request has reserved, and whose secret nobody kept. */
    Uni<Verdict> recall(UUID challengeId);

    /**
     * Does the work of an unknown challenge, for a message that has none to ask for: answers to what could not be
     * decrypted and to a wrong challenge take the same time.
     */
    Uni<Void> verifyDecoy();
}
