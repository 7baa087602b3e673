package org.scepgate.certificate;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaId;
import org.scepgate.platform.SerialNumbers;

/**
 * A certificate that was signed, with what it answers.
 *
 * @param ca the key that signed it
 * @param challengeId null for a certificate that needed no challenge
 * @param requestSha256 identity of the request (subject, key and extensions), lower-case hex
 */
public record IssuedCertificate(
        CaId ca,
        String profile,
        UUID challengeId,
        X509CertificateHolder certificate,
        String spkiSha256,
        String requestSha256,
        Instant issuedAt,
        Lineage lineage) {

    /** The same certificate, as the renewal of another one. */
    public IssuedCertificate renewing(StoredCertificate old) {
        return new IssuedCertificate(
                ca,
                profile,
                challengeId,
                certificate,
                spkiSha256,
                requestSha256,
                issuedAt,
                Lineage.renewing(old, Optional.ofNullable(challengeId), lineage.longestValidity()));
    }

    public String serial() {
        return serialOf(certificate);
    }

    public static String serialOf(X509CertificateHolder certificate) {
        return SerialNumbers.hex(certificate.getSerialNumber());
    }
}
