package org.scepgate.policy;

import java.time.Duration;

/**
 * How long a request may wait for a person, and how many may wait at once.
 *
 * @param maxPending counts those without a challenge, which anybody can send
 */
public record ApprovalRules(Duration lifetime, int maxPending) {

    private static final Duration LONGEST = Duration.ofDays(3660);

    /** @throws InvalidProfileException on {@code approval.lifetime} or {@code approval.max-pending} */
    public ApprovalRules {
        InvalidProfileException.unless(
                lifetime.getSeconds() > 0 && lifetime.compareTo(LONGEST) <= 0,
                "approval.lifetime",
                "must be at least a second and at most ten years");
        InvalidProfileException.unless(maxPending >= 1, "approval.max-pending", "must be at least 1");
    }
}
