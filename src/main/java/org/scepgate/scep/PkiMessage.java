package org.scepgate.scep;

import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;

/** A request whose signature, decryption and proof of possession all held: no other can be constructed. */
public final class PkiMessage implements DecodedMessage {
    private final MessageType messageType;
    private final ReplyAddress replyTo;
    private final X509CertificateHolder addressee;
    private final MessageContent content;
    private final boolean signerHoldsRequestedKey;

    PkiMessage(
            MessageType messageType,
            ReplyAddress replyTo,
            X509CertificateHolder addressee,
            MessageContent content,
            VerifiedSigner signer) {
        this.messageType = messageType;
        this.replyTo = replyTo;
        this.addressee = addressee;
        this.content = content;
        this.signerHoldsRequestedKey = content.fold(
                request -> signer.holds(request.csr().getSubjectPublicKeyInfo()), poll -> false, id -> false);
    }

    public MessageType messageType() {
        return messageType;
    }

    @Override
    public ReplyAddress replyTo() {
        return replyTo;
    }

    @Override
    public Optional<X509CertificateHolder> addressee() {
        return Optional.of(addressee);
    }

    /** The certificate whose key signed the message. Nobody has judged who issued it, or when it ends. */
    public X509CertificateHolder signer() {
        return replyTo.signer();
    }

    public MessageContent content() {
        return content;
    }

    /** Whether the message is signed with the very key that its CSR asks a certificate for. */
    public boolean signerHoldsRequestedKey() {
        return signerHoldsRequestedKey;
    }

    @Override
    public <T> T fold(Function<PkiMessage, T> accepted, Function<RejectedMessage, T> rejected) {
        return accepted.apply(this);
    }
}
