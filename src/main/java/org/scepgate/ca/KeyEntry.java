package org.scepgate.ca;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECKey;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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

    /** A signer for one signature; the algorithm follows the key, SHA-256 or stronger. */
    public ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder(signatureAlgorithm())
                .setProvider(signatures)
                .build(key);
    }

    private String signatureAlgorithm() {
        if (!"EC".equals(key.getAlgorithm())) {
            return "SHA256withRSA";
        }
        int bits = ((ECKey) key).getParams().getOrder().bitLength();
        return bits > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
    }

    /** Names the certificate, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + certificate.getSubject() + "]";
    }
}
