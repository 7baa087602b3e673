package org.scepgate.certificate;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.scepgate.ca.CaId;
import org.scepgate.ca.OcspSigner;

/** One key of a CA, as OCSP requests name it, and who answers for it. */
record OcspResponder(CaId id, OcspSigner signer, Map<ASN1ObjectIdentifier, IssuerHashes> hashes) {
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS =
            Map.of(OIWObjectIdentifiers.idSHA1, "SHA-1", NISTObjectIdentifiers.id_sha256, "SHA-256");

    /** CertID of RFC 6960 section 4.1.1, without the serial number. */
    record IssuerHashes(byte[] name, byte[] key) {
        private boolean match(CertificateID asked) {
            return MessageDigest.isEqual(name, asked.getIssuerNameHash())
                    && MessageDigest.isEqual(key, asked.getIssuerKeyHash());
        }
    }

    /** Empty if this key has delegated OCSP to nobody. */
    static Optional<OcspResponder> of(Authority authority) {
        X509CertificateHolder issuer = authority.keys().authority().certificate();
        return authority
                .keys()
                .ocspResponder()
                .map(entry -> new OcspResponder(
                        authority.id(),
                        new OcspSigner(entry, authority.ocspValidity()),
                        Map.of(
                                OIWObjectIdentifiers.idSHA1, hashes(issuer, OIWObjectIdentifiers.idSHA1),
                                NISTObjectIdentifiers.id_sha256, hashes(issuer, NISTObjectIdentifiers.id_sha256))));
    }

    /** Whether the certificate asked for is one that this key signed, if there is such a one. */
    boolean isIssuerOf(CertificateID asked) {
        IssuerHashes own = hashes.get(asked.getHashAlgOID());
        return own != null && own.match(asked);
    }

    private static IssuerHashes hashes(X509CertificateHolder issuer, ASN1ObjectIdentifier algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(DIGESTS.get(algorithm));
            return new IssuerHashes(
                    digest.digest(issuer.getSubject().getEncoded()),
                    digest.digest(
                            issuer.getSubjectPublicKeyInfo().getPublicKeyData().getBytes()));
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }
}
