package org.scepgate.challenge;

import jakarta.inject.Singleton;
import java.util.Optional;

/** Turns challenges into rows and back, so that no entity leaves the store. */
@Singleton
class ChallengeRows {
    private final BindingJson bindings;

    ChallengeRows(BindingJson bindings) {
        this.bindings = bindings;
    }

    ChallengeEntity entityOf(Challenge challenge, byte[] secretMac) {
        ChallengeEntity row = new ChallengeEntity();
        row.id = challenge.id();
        row.secretMac = secretMac.clone();
        row.profile = challenge.binding().profile();
        row.deviceId = challenge.deviceId().orElse(null);
        row.createdBy = challenge.createdBy();
        row.createdAt = challenge.createdAt();
        row.expiresAt = challenge.expiresAt();
        row.binding = bindings.write(challenge.binding());
        return row;
    }

    Challenge challengeOf(ChallengeEntity row) {
        return new Challenge(
                row.id,
                bindings.read(row.profile, row.binding),
                Optional.ofNullable(row.deviceId),
                row.createdBy,
                row.createdAt,
                row.expiresAt,
                progressOf(row),
                row.failedAttempts,
                Optional.ofNullable(row.certificateSerial));
    }

    private static Challenge.Progress progressOf(ChallengeEntity row) {
        return new Challenge.Progress(
                Optional.ofNullable(row.spentAt),
                Optional.ofNullable(row.cancelledAt),
                Optional.ofNullable(row.lockedAt),
                Optional.ofNullable(row.heldAt)
                        .map(at -> new Challenge.Reservation(
                                at,
                                row.heldRequestId,
                                Optional.ofNullable(row.heldUntil).orElse(at),
                                "DENIED".equals(row.heldRuling))));
    }
}
