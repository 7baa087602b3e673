package org.scepgate.ca;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** A private key, its certificate, and the certificates above it (nearest first). */
public record KeyEntry(KeyOperations key, X509CertificateHolder certificate, List<X509CertificateHolder> chain) {
    public KeyEntry {
        chain = List.copyOf(chain);
    }

    /** A signer for one signature; the algorithm follows the key, SHA-256 or stronger. */
    public ContentSigner signer() {
        return new OneSignature(signatureAlgorithm());
    }

    boolean isRsa() {
        return keyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private String signatureAlgorithm() {
        if (isRsa()) {
            return "SHA256withRSA";
        }
        return SECObjectIdentifiers.secp384r1.equals(keyAlgorithm().getParameters())
                ? "SHA384withECDSA"
                : "SHA256withECDSA";
    }

    private AlgorithmIdentifier keyAlgorithm() {
        return certificate.getSubjectPublicKeyInfo().getAlgorithm();
    }

    /** Names the certificate, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + certificate.getSubject() + "]";
    }

    private final class OneSignature implements ContentSigner {
        private final String algorithm;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        OneSignature(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(algorithm, content.toByteArray());
        }
    }
}
