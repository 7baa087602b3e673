package org.scepgate.enrollment;

import org.scepgate.approval.PollKey;
import org.scepgate.policy.Csr;
import org.scepgate.scep.MalformedMessageException;
import org.scepgate.scep.ReplyAddress;
import org.scepgate.scep.RequestDescription;

/** One request, who sent it and whom it is answered to. */
record Exchange(ScepEndpoint endpoint, Sender sender, RequestDescription description, Received received) {

    /** @throws MalformedMessageException if not even a FAILURE can be addressed */
    static Exchange read(ScepEndpoint endpoint, Sender sender, byte[] message) throws MalformedMessageException {
        Received received = RequestReader.read(endpoint, message);
        return new Exchange(endpoint, sender, RequestDescription.of(message), received);
    }

    ReplyAddress replyTo() {
        return received.replyTo();
    }

    String sourceAddress() {
        return sender.sourceAddress();
    }

    String transactionId() {
        return received.replyTo().transactionId().value();
    }

    /** By what a request that this message starts, or asks for, is found. */
    PollKey pollKey() {
        String signer = Csr.sha256Of(received.replyTo().signer().getSubjectPublicKeyInfo());
        return new PollKey(endpoint.profile().name(), transactionId(), signer);
    }
}
