package org.scepgate.challenge;

import java.time.Duration;
import java.util.Optional;
import org.scepgate.policy.RequestedBinding;

/** What a caller asks of a challenge that is to be made. */
public record NewChallenge(
        String profile, RequestedBinding binding, Optional<Duration> timeToLive, Optional<String> deviceId) {}
