package org.scepgate.ca;

import java.security.PrivateKey;
import java.security.Provider;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A private key, its certificate, the certificates above it (nearest first), and the JCA providers that
 * sign and decrypt with it: two of them, because the JDK has RSA signatures and RSA ciphers in different ones.
 */
public record KeyEntry(
        PrivateKey key,
        X509CertificateHolder certificate,
        List<X509CertificateHolder> chain,
        Provider signatures,
        Provider ciphers) {
    public KeyEntry {
        chain = List.copyOf(chain);
    }

    /** Names the certificate, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + certificate.getSubject() + "]";
    }
}
