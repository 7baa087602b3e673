package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Whom an envelope is for: the holder of the certificate's key if that key can decrypt, else who knows the password
 * (RFC 8894 section 3.1).
 */
record EnvelopeRecipient(X509CertificateHolder certificate, Optional<String> password) {
    boolean needsPassword() {
        return !PublicKeys.canDecrypt(certificate.getSubjectPublicKeyInfo());
    }

    // The password is a challenge.
    @Override
    public String toString() {
        return "EnvelopeRecipient[" + certificate.getSubject() + "]";
    }
}
