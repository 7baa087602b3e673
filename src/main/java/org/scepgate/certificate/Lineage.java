package org.scepgate.certificate;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a certificate comes from.
 *
 * @param renewedSerial the certificate of the same CA that it renews, in lower-case hex
 * @param originChallengeId the first challenge that it and those it renewed go back to
 * @param latestChallengeId the last one, where renewals brought more
 * @param longestValidity what the last challenge granted, where it is other than the profile's validity
 */
public record Lineage(
        Optional<String> renewedSerial,
        Optional<UUID> originChallengeId,
        Optional<UUID> latestChallengeId,
        Optional<Duration> longestValidity) {

    /** Of a certificate that renews none. */
    public static Lineage first(Optional<UUID> challengeId, Optional<Duration> longestValidity) {
        return new Lineage(Optional.empty(), challengeId, Optional.empty(), longestValidity);
    }

    /** Some clients send the first challenge for ever, others the last one that they were given. */
    static Lineage renewing(StoredCertificate old, Optional<UUID> newChallengeId, Optional<Duration> longestValidity) {
        Optional<UUID> origin = old.originChallengeId().or(() -> newChallengeId);
        Optional<UUID> latest =
                newChallengeId.filter(id -> old.originChallengeId().isPresent());
        return new Lineage(
                Optional.of(IssuedCertificate.serialOf(old.certificate())),
                origin,
                latest.or(old::latestChallengeId),
                longestValidity);
    }
}
