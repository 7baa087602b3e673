package org.scepgate.scep;

import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A pkiMessage to be answered with FAILURE before anybody is asked for permission.
 *
 * @param reason a stable short token for the operator, such as {@code signature-invalid}; never for the device
 */
public record RejectedMessage(
        ReplyAddress replyTo,
        Optional<X509CertificateHolder> addressee,
        Optional<MessageType> messageType,
        FailInfo failInfo,
        String reason)
        implements DecodedMessage {
    @Override
    public <T> T fold(Function<PkiMessage, T> accepted, Function<RejectedMessage, T> rejected) {
        return rejected.apply(this);
    }
}
