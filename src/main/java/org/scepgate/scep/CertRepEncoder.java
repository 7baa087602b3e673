package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Writes CertRep messages (RFC 8894 section 3.3.2) in the one form that every known client reads: definite lengths, one
 * signer with its certificate. Threads may share it if they may share its {@code SecureRandom}.
 */
public final class CertRepEncoder {
    private static final byte[] SIGNED_DATA = Der.of(CMSObjectIdentifiers.signedData);
    private static final byte[] DATA = Der.of(CMSObjectIdentifiers.data);
    private static final byte[] VERSION_1 = Der.integer(1);
    // Not sha256WithRSAEncryption: strongSwan 5.9.8 refuses it.
    private static final byte[] RSA_ENCRYPTION =
            Der.of(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE));
    private static final byte[] NO_CONTENT = new byte[0];

    private final RecipientKey signer;
    private final SecureRandom random;
    private final EnvelopeEncoder envelopes;
    private final byte[] signerCertificate;
    private final byte[] signerIdentifier;

    /** @param signer must be one whose certificate GetCACert gives: clients accept no other */
    public CertRepEncoder(RecipientKey signer, SecureRandom random) {
        this.signer = signer;
        this.random = random;
        this.envelopes = new EnvelopeEncoder(random);
        this.signerCertificate = CertificateBundle.certificateSet(List.of(signer.certificate()));
        this.signerIdentifier = EnvelopeEncoder.issuerAndSerialNumber(signer.certificate());
    }

    /** @param chain what follows the issued certificate in the answer; may be empty */
    public byte[] success(ReplyAddress to, X509CertificateHolder issued, List<X509CertificateHolder> chain) {
        byte[] bundle = CertificateBundle.of(
                Stream.concat(Stream.of(issued), chain.stream()).toList());
        byte[] envelope = envelopes.encode(bundle, to.recipient(), to.algorithms());
        return signed(envelope, attributes(to, PkiStatus.SUCCESS), to);
    }

    /** @param failInfoText for people, without secrets or anything the client sent; empty to leave it out */
    public byte[] failure(ReplyAddress to, FailInfo failInfo, String failInfoText) {
        return signed(NO_CONTENT, attributes(to, PkiStatus.FAILURE).failInfo(failInfo, failInfoText), to);
    }

    public byte[] pending(ReplyAddress to) {
        return signed(NO_CONTENT, attributes(to, PkiStatus.PENDING), to);
    }

    private ReplyAttributes attributes(ReplyAddress to, PkiStatus status) {
        return new ReplyAttributes(to, status, Nonce.random(random));
    }

    // Without an envelope the OCTET STRING stays, empty: certmonger and PyScep fail when it is absent.
    private byte[] signed(byte[] content, ReplyAttributes attributes, ReplyAddress to) {
        DigestAlgorithm digest = to.algorithms().digest();
        byte[] digestIdentifier = Der.of(digest.identifier());
        byte[] signedAttributes = attributes.with(digest.hash(content));
        byte[] signature = sign(signedAttributes, digest);
        byte[] signerInfo = Der.sequence(
                VERSION_1,
                signerIdentifier,
                digestIdentifier,
                implicit0(signedAttributes),
                RSA_ENCRYPTION,
                Der.encode(Der.OCTET_STRING, signature));
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

    private byte[] sign(byte[] signedAttributes, DigestAlgorithm digest) {
        try {
            Signature signature = signer.signature(digest.jcaSignature("RSA"));
            signature.initSign(signer.key());
            signature.update(signedAttributes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key of " + signer + " cannot sign", e);
        }
    }
}
