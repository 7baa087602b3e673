package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Writes the SignedData of a pkiMessage in the one form that every known peer reads: definite lengths, one signer with
 * its certificate (RFC 5652 section 5).
 */
final class SignedDataEncoder {
    private static final byte[] SIGNED_DATA = Der.of(CMSObjectIdentifiers.signedData);
    private static final byte[] DATA = Der.of(CMSObjectIdentifiers.data);
    private static final byte[] VERSION_1 = Der.integer(1);
    // Not sha256WithRSAEncryption: strongSwan 5.9.8 refuses it.
    private static final byte[] RSA_ENCRYPTION =
            Der.of(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE));

    private final MessageSigner signer;
    private final byte[] signerCertificate;
    private final byte[] signerIdentifier;

    SignedDataEncoder(MessageSigner signer) {
        this.signer = signer;
        this.signerCertificate = CertificateBundle.certificateSet(List.of(signer.certificate()));
        this.signerIdentifier = EnvelopeEncoder.issuerAndSerialNumber(signer.certificate());
    }

    byte[] encode(byte[] content, SignedAttributes attributes, DigestAlgorithm digest) {
        byte[] digestIdentifier = Der.of(digest.identifier());
        byte[] signedAttributes = attributes.with(digest.hash(content));
        byte[] signerInfo = Der.sequence(
                VERSION_1,
                signerIdentifier,
                digestIdentifier,
                implicit0(signedAttributes),
                isElliptic() ? Der.of(digest.withEcdsa()) : RSA_ENCRYPTION,
                Der.encode(Der.OCTET_STRING, sign(signedAttributes, digest)));
        byte[] encapsulated = Der.sequence(DATA, Der.encode(Der.CONTEXT_0, Der.encode(Der.OCTET_STRING, content)));
        byte[] signedData = Der.sequence(
                VERSION_1,
                Der.encode(Der.SET, digestIdentifier),
                encapsulated,
                signerCertificate,
                Der.encode(Der.SET, signerInfo));
        return Der.sequence(SIGNED_DATA, Der.encode(Der.CONTEXT_0, signedData));
    }

    // RFC 5652 section 5.4: signed as SET OF, sent as [0] IMPLICIT.
    private static byte[] implicit0(byte[] set) {
        byte[] tagged = set.clone();
        tagged[0] = (byte) Der.CONTEXT_0;
        return tagged;
    }

    private boolean isElliptic() {
        return !PublicKeys.canDecrypt(signer.certificate().getSubjectPublicKeyInfo());
    }

    private byte[] sign(byte[] signedAttributes, DigestAlgorithm digest) {
        try {
            return signer.sign(digest.jcaSignature(isElliptic() ? "ECDSA" : "RSA"), signedAttributes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key of " + signer + " cannot sign", e);
        }
    }
}
