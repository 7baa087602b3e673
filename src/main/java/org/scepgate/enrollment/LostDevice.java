package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.scepgate.certificate.DeviceChallenges;
import org.scepgate.challenge.ChallengeService;
import org.scepgate.platform.Caller;

/** Takes from a lost device what it could enrol with. */
@Singleton
class LostDevice implements DeviceChallenges {
    private final ChallengeService challenges;

    LostDevice(ChallengeService challenges) {
        this.challenges = challenges;
    }

    @Override
    public Uni<Integer> cancelAllOf(String deviceId, Caller caller, Instant now) {
        return challenges.cancelAllOf(deviceId, caller, now);
    }
}
