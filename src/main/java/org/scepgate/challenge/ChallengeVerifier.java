package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.Verdict;

/** Says what is known of the challenge in a request; it reads and spends nothing. */
public interface ChallengeVerifier {

    Uni<Verdict> verify(EnrollmentRequest request, PresentedChallenge presented);

    /** The same of a challenge that a waiting request has reserved, and whose secret nobody kept. */
    Uni<Verdict> recall(UUID challengeId);
}
