package org.scepgate.policy;

import java.time.Duration;

/** How long a profile's challenges live, how long a lost reply may be asked for again, how many refusals lock one. */
public record ChallengeRules(
        Duration ttlMin, Duration ttlDefault, Duration ttlMax, Duration retryWindow, int refusalsUntilLocked) {}
