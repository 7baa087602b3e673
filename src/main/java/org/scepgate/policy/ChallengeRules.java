package org.scepgate.policy;

import java.time.Duration;

/** How long a profile's challenges live, how long a lost reply may be asked for again, how many refusals lock one. */
public record ChallengeRules(
        Duration ttlMin, Duration ttlDefault, Duration ttlMax, Duration retryWindow, int refusalsUntilLocked) {

    private static final Duration LONGEST = Duration.ofDays(3660);

    /** @throws InvalidProfileException on {@code challenge.ttl-min} and its neighbours */
    public ChallengeRules {
        require(isPositive(ttlMin), "ttl-min", "must be longer than nothing");
        require(ttlMax.compareTo(ttlMin) >= 0, "ttl-max", "must not be below ttl-min");
        require(ttlMax.compareTo(LONGEST) <= 0, "ttl-max", "must not exceed ten years");
        require(
                ttlDefault.compareTo(ttlMin) >= 0 && ttlDefault.compareTo(ttlMax) <= 0,
                "ttl-default",
                "must lie between ttl-min and ttl-max");
        require(!retryWindow.isNegative(), "retry-window", "must not be negative");
        require(retryWindow.compareTo(LONGEST) <= 0, "retry-window", "must not exceed ten years");
        require(refusalsUntilLocked >= 1, "refusals-until-locked", "must be at least 1");
    }

    /** Whether a challenge may live that long. */
    public boolean allows(Duration ttl) {
        return ttl.compareTo(ttlMin) >= 0 && ttl.compareTo(ttlMax) <= 0;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(boolean holds, String property, String message) {
        InvalidProfileException.unless(holds, "challenge." + property, message);
    }
}
