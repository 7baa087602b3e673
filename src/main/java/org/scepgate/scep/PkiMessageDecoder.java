package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Reads a request (RFC 8894 sections 3.2 and 3.3), in the order in which each step makes the next one safe: structure,
 * attributes, signer, algorithms, signature, recipient, decryption, content, proof of possession. Threads may share it.
 */
public final class PkiMessageDecoder {
    /** No longer message is looked at. */
    public static final int MAX_MESSAGE_BYTES = 256 * 1024;

    private final List<RecipientKey> recipients;
    private final Set<MessageType> served;
    private final AllowedAlgorithms allowed;
    private final SignatureCheck signatures;
    private final ContentDecryption decryption = new ContentDecryption();
    private final ContentReader contents;

    /** Works in the JDK's providers. */
    public PkiMessageDecoder(List<RecipientKey> recipients, Set<LegacyAlgorithm> legacy, Set<MessageType> served) {
        this(recipients, legacy, served, PublicKeyOperations.OF_JDK);
    }

    /** @param served the message types that are answered; the envelope of any other stays closed */
    public PkiMessageDecoder(
            List<RecipientKey> recipients,
            Set<LegacyAlgorithm> legacy,
            Set<MessageType> served,
            PublicKeyOperations operations) {
        this.served = Set.copyOf(served);
        this.recipients = List.copyOf(recipients);
        this.allowed = new AllowedAlgorithms(legacy);
        this.signatures = new SignatureCheck(allowed, operations, PublicKeys::findOfSigner);
        this.contents = new ContentReader(allowed, operations);
    }

    public DecodedMessage decode(byte[] message) throws MalformedMessageException {
        return decode(SignedMessage.read(message));
    }

    /**
     * A message and what it is made of.
     *
     * @param description of every message that can be answered, whatever it is
     */
    public record Described(DecodedMessage message, RequestDescription description) {}

    /** As {@link #decode} and {@link RequestDescription#of}, at the price of reading it once. */
    public Described decodeAndDescribe(byte[] message) throws MalformedMessageException {
        SignedMessage signed = SignedMessage.read(message);
        return new Described(decode(signed), RequestDescription.of(signed));
    }

    private DecodedMessage decode(SignedMessage signed) {
        DigestAlgorithm digest = signatures.findDigest(signed).orElse(DigestAlgorithm.SHA_256);
        try {
            return accept(signed, digest);
        } catch (RejectedException e) {
            return new RejectedMessage(
                    replyTo(signed, Optional.empty(), new ReplyAlgorithms(digest)),
                    e.addressee(),
                    signed.attributes().messageType(),
                    e.rejection().failInfo(),
                    e.rejection().reason());
        }
    }

    private PkiMessage accept(SignedMessage signed, DigestAlgorithm digest) throws RejectedException {
        TransactionAttributes attributes = signed.attributes();
        MessageType type = require(attributes.messageType(), Rejection.MESSAGE_TYPE);
        require(attributes.senderNonce(), Rejection.SENDER_NONCE);
        if (!Envelope.isAcceptable(signed.contentType())) {
            throw new RejectedException(Rejection.CONTENT_TYPE);
        }
        VerifiedSigner signer = signatures.verify(signed);
        if (!signer.canDecrypt() && !type.carriesCsr()) {
            throw new RejectedException(Rejection.ANSWER_NOT_ENCRYPTABLE);
        }
        SealedContent sealed = SealedContent.of(Envelope.read(signed), recipients, allowed);
        X509CertificateHolder addressee = sealed.recipient().certificate();
        MessageContent content = read(type, sealed, signer);
        ReplyAlgorithms algorithms = new ReplyAlgorithms(digest, sealed.cipher(), sealed.keyTransport());
        Optional<String> password =
                content.fold(CertificationRequest::challengePassword, poll -> Optional.empty(), id -> Optional.empty());
        return new PkiMessage(type, replyTo(signed, password, algorithms), addressee, content, signer);
    }

    private MessageContent read(MessageType type, SealedContent sealed, VerifiedSigner signer)
            throws RejectedException {
        try {
            if (!served.contains(type)) {
                throw new RejectedException(Rejection.MESSAGE_TYPE_NOT_SERVED);
            }
            if (type == MessageType.CERT_POLL) {
                return new CertPoll();
            }
            return contents.read(type, decryption.open(sealed), signer);
        } catch (RejectedException e) {
            // Answered by whom it was sent to, like everything that can be read: else the answer would tell the two.
            throw e.addressedTo(sealed.recipient().certificate());
        }
    }

    private static ReplyAddress replyTo(SignedMessage signed, Optional<String> password, ReplyAlgorithms algorithms) {
        EnvelopeRecipient recipient = new EnvelopeRecipient(signed.signer(), password);
        return new ReplyAddress(signed.transactionId(), signed.attributes().senderNonce(), recipient, algorithms);
    }

    private static <T> T require(Optional<T> value, Rejection otherwise) throws RejectedException {
        return value.orElseThrow(() -> new RejectedException(otherwise));
    }
}
