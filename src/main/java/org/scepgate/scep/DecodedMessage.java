package org.scepgate.scep;

import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;

/** A pkiMessage that can be answered: one that held in every check, or one that must be refused. */
public sealed interface DecodedMessage permits PkiMessage, RejectedMessage {
    ReplyAddress replyTo();

    /**
     * The certificate that the request was encrypted to: whose holder must answer, and which CA is meant, while a CA
     * rolls over (RFC 8894 section 5.1). Empty if the message was rejected before that showed.
     */
    Optional<X509CertificateHolder> addressee();

    <T> T fold(Function<PkiMessage, T> accepted, Function<RejectedMessage, T> rejected);
}
