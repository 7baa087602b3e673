package org.scepgate.scep;

import java.security.PrivateKey;
import java.security.Provider;
import java.util.Objects;
import org.bouncycastle.cert.X509CertificateHolder;

/** The RSA key pair that requests are encrypted to and answers are signed with, and the provider its key works in. */
public record RecipientKey(PrivateKey key, X509CertificateHolder certificate, Provider provider) {
    public RecipientKey {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(provider);
    }

    // A private key's own toString() may print its numbers.
    @Override
    public String toString() {
        return "RecipientKey[" + certificate.getSubject() + ", " + provider.getName() + "]";
    }
}
