package org.scepgate.enrollment;

import org.scepgate.scep.ReplyAddress;

/**
 * One request and whom it is answered to.
 *
 * @param responder who answers, and whose CA issues
 * @param sourceAddress where the request came from, as the socket saw it
 */
record Exchange(ScepEndpoint endpoint, Responder responder, String sourceAddress, Received received) {
    ReplyAddress replyTo() {
        return received.replyTo();
    }

    String transactionId() {
        return received.replyTo().transactionId().value();
    }
}
