package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.scep.ContentDecryption.Opened;

/** Reads the answers to a device's requests (RFC 8894 section 3.3.2), believing nothing that its CA has not signed. */
public final class CertRepDecoder {
    /** No longer reply is looked at; CRLs can be long. */
    public static final int MAX_REPLY_BYTES = 4 * 1024 * 1024;

    private final List<X509CertificateHolder> authority;
    private final DeviceKey device;
    private final Optional<String> challenge;
    private final AllowedAlgorithms allowed;

    /**
     * @param authority the certificates of GetCACert, one of which must have signed
     * @param device who signed the requests: answers are encrypted to it
     * @param challenge what answers are encrypted under if the device's key cannot decrypt
     * @param asked answers may be no weaker
     */
    public CertRepDecoder(
            List<X509CertificateHolder> authority,
            DeviceKey device,
            Optional<String> challenge,
            RequestAlgorithms asked) {
        this.authority = List.copyOf(authority);
        this.device = device;
        this.challenge = challenge;
        this.allowed = asked.allowedInReply();
    }

    public CertRep decode(byte[] reply, PkiRequest request) throws UntrustedReplyException {
        SignedMessage signed = read(reply);
        try {
            new SignatureCheck(allowed, PublicKeyOperations.OF_JDK, PublicKeys::find).verify(signed);
            CertRepAttributes attributes = CertRepAttributes.of(signed);
            requireAnswerTo(request, signed, attributes);
            return switch (attributes.pkiStatus().orElseThrow(() -> untrusted("it has no pkiStatus"))) {
                case SUCCESS -> success(signed);
                case PENDING -> new CertRep.Pending();
                case FAILURE -> failure(attributes);
            };
        } catch (RejectedException e) {
            throw untrusted(e.rejection().reason());
        }
    }

    static void requireBounded(byte[] reply) throws UntrustedReplyException {
        if (reply.length > MAX_REPLY_BYTES) {
            throw untrusted("it is too long");
        }
    }

    private SignedMessage read(byte[] reply) throws UntrustedReplyException {
        requireBounded(reply);
        try {
            return SignedMessage.read(reply, authority);
        } catch (UnreadableException e) {
            throw new UntrustedReplyException("The reply is no CertRep signed by the CA or its RA", e);
        }
    }

    private static void requireAnswerTo(PkiRequest request, SignedMessage signed, CertRepAttributes attributes)
            throws UntrustedReplyException {
        if (!attributes.isCertRep()) {
            throw untrusted("it is no CertRep");
        }
        if (!signed.transactionId().equals(request.transactionId())) {
            throw untrusted("it belongs to another transaction");
        }
        if (attributes.recipientNonce().filter(request.senderNonce()::equals).isEmpty()) {
            throw untrusted("it answers another request");
        }
    }

    private static CertRep failure(CertRepAttributes attributes) throws UntrustedReplyException {
        FailInfo failInfo = attributes.failInfo().orElseThrow(() -> untrusted("it fails without failInfo"));
        return new CertRep.Failure(failInfo, attributes.failInfoText());
    }

    private CertRep success(SignedMessage signed) throws RejectedException, UntrustedReplyException {
        Envelope envelope = Envelope.read(signed);
        Opened opened = device.canDecrypt() ? openWithKey(envelope) : openWithChallenge(envelope, signed);
        if (!opened.wellPadded()) {
            throw untrusted("it cannot be decrypted");
        }
        ReceivedBundle bundle = ReceivedBundle.read(opened.content());
        return new CertRep.Success(bundle.certificates(), bundle.crls());
    }

    private Opened openWithKey(Envelope envelope) throws RejectedException {
        return new ContentDecryption().open(SealedContent.of(envelope, List.of(device.recipient()), allowed));
    }

    private Opened openWithChallenge(Envelope envelope, SignedMessage signed)
            throws RejectedException, UntrustedReplyException {
        ContentCipher cipher = SealedContent.requireCipher(envelope, allowed);
        byte[] key = findPasswordSealedKey(signed)
                .flatMap(info -> challenge.flatMap(info::open))
                .filter(found -> found.length == cipher.keyLength())
                .orElseThrow(() -> untrusted("it is not encrypted under the challenge"));
        return ContentDecryption.open(key, cipher, envelope.initializationVector(), envelope.encryptedContent());
    }

    private static Optional<PasswordSealedKey> findPasswordSealedKey(SignedMessage signed)
            throws UntrustedReplyException {
        try {
            return PasswordSealedKey.find(signed);
        } catch (UnreadableException e) {
            throw new UntrustedReplyException("The envelope of the reply is malformed", e);
        }
    }

    private static UntrustedReplyException untrusted(String reason) {
        return new UntrustedReplyException("The reply cannot be believed: " + reason);
    }
}
