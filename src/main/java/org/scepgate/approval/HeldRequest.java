package org.scepgate.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that waits for a person, or did.
 *
 * @param transactionId of the message it came in first
 * @param challengeId the challenge that is reserved for it
 * @param certificate present once it is approved
 */
public record HeldRequest(
        UUID id,
        String profile,
        String transactionId,
        Optional<UUID> challengeId,
        HeldContent content,
        String sourceAddress,
        Instant receivedAt,
        Instant expiresAt,
        Optional<Ruling> ruling,
        Optional<HeldCertificate> certificate) {

    public HeldStatus statusAt(Instant now) {
        return ruling.map(said -> HeldStatus.valueOf(said.kind().name()))
                .orElse(now.isBefore(expiresAt) ? HeldStatus.PENDING : HeldStatus.EXPIRED);
    }

    /**
     * What its device is told now. A certificate can be collected as long as the request could have waited, and no less
     * than the retry window after it was signed: the device does not know when that was.
     */
    public HeldAnswer answerAt(Instant now, Duration retryWindow) {
        return switch (statusAt(now)) {
            case PENDING -> new HeldAnswer.Wait();
            case EXPIRED -> new HeldAnswer.Refused("request-expired");
            case DENIED -> new HeldAnswer.Refused("request-denied");
            case APPROVED -> certificateAt(now, retryWindow);
        };
    }

    private HeldAnswer certificateAt(Instant now, Duration retryWindow) {
        HeldCertificate signed =
                certificate.orElseThrow(() -> new IllegalStateException("request " + id + " has no certificate"));
        if (signed.revoked()) {
            return new HeldAnswer.Refused("certificate-revoked");
        }
        if (!now.isBefore(signed.notAfter())) {
            return new HeldAnswer.Refused("certificate-expired");
        }
        Instant window = ruling.orElseThrow().at().plus(retryWindow);
        return now.isBefore(window) || now.isBefore(expiresAt)
                ? new HeldAnswer.Collect(signed)
                : new HeldAnswer.Refused("retry-window-over");
    }

    /** The same key and the same content: another request may have taken the challenge a moment ago. */
    boolean isSameAs(HeldRequest other) {
        return content.requestSha256().equals(other.content.requestSha256());
    }

    /**
     * Whether a request for the same, without a challenge, is this one sent again. After that time it is a new one and
     * waits anew: nothing else would ever let the device ask for the same names with the same key again.
     */
    boolean isStillAnsweredAt(Instant now, Duration retryWindow) {
        boolean denied = statusAt(now) == HeldStatus.DENIED && now.isBefore(expiresAt);
        return denied || !(answerAt(now, retryWindow) instanceof HeldAnswer.Refused);
    }
}
