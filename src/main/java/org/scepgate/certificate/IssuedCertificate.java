package org.scepgate.certificate;

import java.time.Instant;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate that was signed, with what it answers.
 *
 * @param ca the CA's name in the configuration
 * @param challengeId null for a certificate that needed no challenge
 * @param requestSha256 identity of the request (subject, key and extensions), lower-case hex
 */
public record IssuedCertificate(
        String ca,
        String profile,
        UUID challengeId,
        X509CertificateHolder certificate,
        String spkiSha256,
        String requestSha256,
        Instant issuedAt) {

    public String serial() {
        return serialOf(certificate);
    }

    /** The serial number as openssl prints it, in lower-case hex. */
    public static String serialOf(X509CertificateHolder certificate) {
        String hex = certificate.getSerialNumber().toString(16);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
