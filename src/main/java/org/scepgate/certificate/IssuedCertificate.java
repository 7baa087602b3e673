package org.scepgate.certificate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaId;

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
        return serialText(certificate.getSerialNumber());
    }

    /** The serial number as openssl prints it, whole octets, but in lower-case hex. */
    public static String serialText(BigInteger serial) {
        String hex = serial.toString(16);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
