package org.scepgate.scep;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Writes CertRep messages (RFC 8894 section 3.3.2). Threads may share it if they may share its {@code SecureRandom}.
 */
public final class CertRepEncoder {
    // Without an envelope the OCTET STRING stays, empty: certmonger and PyScep fail when it is absent.
    private static final byte[] NO_CONTENT = new byte[0];

    private final SecureRandom random;
    private final EnvelopeEncoder envelopes;
    private final SignedDataEncoder messages;

    /** Works in the JDK's providers. */
    public CertRepEncoder(RecipientKey signer, SecureRandom random) {
        this(signer, random, PublicKeyOperations.OF_JDK);
    }

    /** @param signer must be one whose certificate GetCACert gives: clients accept no other */
    public CertRepEncoder(RecipientKey signer, SecureRandom random, PublicKeyOperations operations) {
        this.random = random;
        this.envelopes = new EnvelopeEncoder(random, operations);
        this.messages = new SignedDataEncoder(signer);
    }

    /** @param chain what follows the issued certificate in the answer; may be empty */
    public byte[] success(ReplyAddress to, X509CertificateHolder issued, List<X509CertificateHolder> chain) {
        byte[] bundle = CertificateBundle.of(
                Stream.concat(Stream.of(issued), chain.stream()).toList());
        return success(to, bundle);
    }

    /** The answer to GetCRL: SUCCESS with this CRL and no certificates (RFC 8894 section 4.6.1). */
    public byte[] crl(ReplyAddress to, X509CRLHolder crl) {
        return success(to, CertificateBundle.of(crl));
    }

    private byte[] success(ReplyAddress to, byte[] bundle) {
        ReplyAlgorithms algorithms = to.algorithms();
        byte[] envelope = envelopes.encode(bundle, to.recipient(), algorithms.content(), algorithms.keyTransport());
        return signed(envelope, attributes(to, PkiStatus.SUCCESS), to);
    }

    /** @param failInfoText for people, without secrets or anything the client sent; empty to leave it out */
    public byte[] failure(ReplyAddress to, FailInfo failInfo, String failInfoText) {
        SignedAttributes attributes =
                attributes(to, PkiStatus.FAILURE).number(ScepAttributes.FAIL_INFO, failInfo.value());
        if (!failInfoText.isEmpty()) {
            attributes.utf8(ScepAttributes.FAIL_INFO_TEXT, failInfoText);
        }
        return signed(NO_CONTENT, attributes, to);
    }

    public byte[] pending(ReplyAddress to) {
        return signed(NO_CONTENT, attributes(to, PkiStatus.PENDING), to);
    }

    private SignedAttributes attributes(ReplyAddress to, PkiStatus status) {
        SignedAttributes attributes = new SignedAttributes(
                        MessageType.CERT_REP, to.transactionId(), Nonce.random(random))
                .number(ScepAttributes.PKI_STATUS, status.value());
        to.senderNonce().ifPresent(nonce -> attributes.octets(ScepAttributes.RECIPIENT_NONCE, nonce.bytes()));
        return attributes;
    }

    private byte[] signed(byte[] content, SignedAttributes attributes, ReplyAddress to) {
        return messages.encode(content, attributes, to.algorithms().digest());
    }
}
