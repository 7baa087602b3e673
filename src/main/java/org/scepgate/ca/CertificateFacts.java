package org.scepgate.ca;

import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.platform.Sha256;

/**
 * What every request asks of a certificate of ours, read once.
 *
 * @param subject its encoding
 * @param keySha256 over the SubjectPublicKeyInfo, lower-case hex
 */
public record CertificateFacts(Instant notBefore, Instant notAfter, byte[] subject, String keySha256) {

    static CertificateFacts of(X509CertificateHolder certificate) {
        try {
            return new CertificateFacts(
                    ValidityTime.startOf(certificate),
                    ValidityTime.endOf(certificate),
                    certificate.getSubject().getEncoded(),
                    Sha256.hex(certificate.getSubjectPublicKeyInfo().getEncoded()));
        } catch (IOException e) {
            throw new IllegalStateException("what was read cannot be written", e);
        }
    }

    public boolean isInDate(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }
}
