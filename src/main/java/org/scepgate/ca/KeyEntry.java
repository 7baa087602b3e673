package org.scepgate.ca;

import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;

/**
 * A private key, its certificate, and the certificates above it (nearest first).
 *
 * @param facts of the certificate
 */
public record KeyEntry(
        KeyOperations key,
        X509CertificateHolder certificate,
        List<X509CertificateHolder> chain,
        CertificateFacts facts) {
    public KeyEntry {
        chain = List.copyOf(chain);
    }

    public KeyEntry(KeyOperations key, X509CertificateHolder certificate, List<X509CertificateHolder> chain) {
        this(key, certificate, chain, CertificateFacts.of(certificate));
    }

    /** A signer for one signature; the algorithm follows the key, SHA-256 or stronger. */
    public ContentSigner signer() {
        return new SignatureMaker(key, publicKey());
    }

    public SubjectPublicKeyInfo publicKey() {
        return certificate.getSubjectPublicKeyInfo();
    }

    public boolean isRsa() {
        return publicKey().getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    /** Names the certificate, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + certificate.getSubject() + "]";
    }
}
