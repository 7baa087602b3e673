package org.scepgate.ca;

import java.security.PrivateKey;
import java.security.Provider;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A private key, its certificate, the certificates above it (nearest first) and the JCA provider the key works in.
 */
public record KeyEntry(
        PrivateKey key, X509CertificateHolder certificate, List<X509CertificateHolder> chain, Provider provider) {
    public KeyEntry {
        chain = List.copyOf(chain);
    }

    /** Names the certificate, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + certificate.getSubject() + "]";
    }
}
