package org.scepgate.certificate;

import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.ExistingCertificate;

/**
 * A certificate of the inventory, and what a renewal needs to know of it.
 *
 * @param originChallengeId the first challenge that it and those it renewed go back to
 * @param latestChallengeId the last one, where renewals brought more
 */
public record StoredCertificate(
        X509CertificateHolder certificate,
        ExistingCertificate existing,
        Optional<UUID> originChallengeId,
        Optional<UUID> latestChallengeId) {}
