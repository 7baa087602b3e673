package org.scepgate.challenge;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.policy.Binding;

/**
 * A challenge as it is stored, without its secret.
 *
 * @param failedAttempts refusals so far
 * @param certificateSerial lower-case hex, once it is redeemed
 */
public record Challenge(
        UUID id,
        Binding binding,
        Optional<String> deviceId,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        Progress progress,
        int failedAttempts,
        Optional<String> certificateSerial,
        Succession succession) {

    /**
     * What was made in place of what for the same device.
     *
     * @param replaces the challenge before this one
     * @param replacedBy the challenge after this one
     */
    public record Succession(Optional<UUID> replaces, Optional<UUID> replacedBy) {
        static final Succession NONE = new Succession(Optional.empty(), Optional.empty());

        static Succession after(UUID replaced) {
            return new Succession(Optional.of(replaced), Optional.empty());
        }
    }

    /**
     * What has become of it; at most one of the first two is present.
     *
     * @param reservation stays when the challenge is spent or taken back
     */
    public record Progress(
            Optional<Instant> spentAt,
            Optional<Instant> cancelledAt,
            Optional<Instant> lockedAt,
            Optional<Reservation> reservation) {
        static final Progress NONE =
                new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * One request waits for a person with it, or did, so that no other request can use it.
     *
     * @param waitsUntil nobody has decided by then: the request is refused
     */
    public record Reservation(Instant at, UUID requestId, Instant waitsUntil, boolean denied) {
        private ChallengeStatus statusAt(Instant now) {
            if (denied) {
                return ChallengeStatus.DENIED;
            }
            return now.isBefore(waitsUntil) ? ChallengeStatus.RESERVED : ChallengeStatus.EXPIRED;
        }
    }

    public ChallengeStatus statusAt(Instant now) {
        if (progress.spentAt().isPresent()) {
            return ChallengeStatus.REDEEMED;
        }
        if (progress.cancelledAt().isPresent()) {
            return ChallengeStatus.CANCELLED;
        }
        if (progress.reservation().isPresent()) {
            return progress.reservation().get().statusAt(now);
        }
        if (progress.lockedAt().isPresent()) {
            return ChallengeStatus.LOCKED;
        }
        return now.isBefore(expiresAt) ? ChallengeStatus.ISSUED : ChallengeStatus.EXPIRED;
    }
}
