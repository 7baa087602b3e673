package org.scepgate.certificate;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a certificate comes from.
 *
 * @param renewedSerial the certificate of the same CA that it renews, in lower-case hex
 * @param originChallengeId the challenge that it and those it renewed go back to
 * @param longestValidity what that challenge granted, where it is other than the profile's validity
 */
public record Lineage(
        Optional<String> renewedSerial, Optional<UUID> originChallengeId, Optional<Duration> longestValidity) {}
