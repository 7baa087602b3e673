package org.scepgate.challenge;

import java.time.Instant;
import java.util.List;
import org.scepgate.policy.Violation;

/**
 * A device was refused although its challenge is known.
 *
 * @param refusalsUntilLocked the profile's limit
 * @param sourceAddress null if not known
 * @param transactionId as the device gave it, null if not known
 */
public record Refusal(
        Instant at, List<Violation> violations, int refusalsUntilLocked, String sourceAddress, String transactionId) {

    public Refusal {
        violations = List.copyOf(violations);
    }
}
