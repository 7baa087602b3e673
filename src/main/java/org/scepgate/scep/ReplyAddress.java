package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** Whom a CertRep goes to and in which algorithms: taken from the request, made by the decoder alone. */
public final class ReplyAddress {
    private final TransactionId transactionId;
    private final Optional<Nonce> senderNonce;
    private final EnvelopeRecipient recipient;
    private final ReplyAlgorithms algorithms;

    ReplyAddress(
            TransactionId transactionId,
            Optional<Nonce> senderNonce,
            EnvelopeRecipient recipient,
            ReplyAlgorithms algorithms) {
        this.transactionId = transactionId;
        this.senderNonce = senderNonce;
        this.recipient = recipient;
        this.algorithms = algorithms;
    }

    public TransactionId transactionId() {
        return transactionId;
    }

    /** The request's senderNonce; only a message that is rejected for its lack has none. */
    public Optional<Nonce> senderNonce() {
        return senderNonce;
    }

    /** The certificate that SUCCESS is encrypted to, and no other one of the request (RFC 8894 section 2.3). */
    public X509CertificateHolder signer() {
        return recipient.certificate();
    }

    EnvelopeRecipient recipient() {
        return recipient;
    }

    ReplyAlgorithms algorithms() {
        return algorithms;
    }
}
