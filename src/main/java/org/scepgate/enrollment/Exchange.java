package org.scepgate.enrollment;

import org.scepgate.approval.PollKey;
import org.scepgate.policy.Csr;
import org.scepgate.scep.ReplyAddress;
import org.scepgate.scep.RequestDescription;

/**
 * One request, who sent it and whom it is answered to.
 *
 * @param responder who answers, and whose CA issues
 */
record Exchange(
        ScepEndpoint endpoint, Responder responder, Sender sender, RequestDescription description, Received received) {

    ReplyAddress replyTo() {
        return received.replyTo();
    }

    String sourceAddress() {
        return sender.sourceAddress();
    }

    /** The transactionID as it may be recorded: a device that makes it of its challenge must not spread that. */
    String transactionId() {
        return received.mask().hide(received.replyTo().transactionId().value());
    }

    /** By what a request that this message starts, or asks for, is found. */
    PollKey pollKey() {
        String signer = Csr.sha256Of(received.replyTo().signer().getSubjectPublicKeyInfo());
        return new PollKey(
                endpoint.profile().name(), received.replyTo().transactionId().value(), signer);
    }
}
