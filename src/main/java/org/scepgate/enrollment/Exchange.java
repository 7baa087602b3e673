package org.scepgate.enrollment;

import java.util.Optional;
import org.scepgate.approval.PollKey;
import org.scepgate.challenge.PresentedChallenge;
import org.scepgate.policy.Csr;
import org.scepgate.scep.ReplyAddress;
import org.scepgate.scep.RequestDescription;

/**
 * One request, who sent it and whom it is answered to.
 *
 * @param responder who answers, and whose CA issues
 * @param namesSigner whether the names of the signer may be recorded: who signs for itself may have put a challenge
 *     there, which nothing hides unless the message was read
 * @param mask hides the challenge in what is recorded of the exchange
 */
record Exchange(
        ScepEndpoint endpoint,
        Responder responder,
        Sender sender,
        RequestDescription description,
        Received received,
        boolean namesSigner,
        ChallengeMask mask) {

    ReplyAddress replyTo() {
        return received.replyTo();
    }

    String sourceAddress() {
        return sender.sourceAddress();
    }

    PresentedChallenge presented(Received.Enrolment enrolment) {
        return new PresentedChallenge(enrolment.challengePassword(), sourceAddress());
    }

    /** The transactionID as it may be recorded: a device that makes it of its challenge must not spread that. */
    String transactionId() {
        return mask.hide(received.replyTo().transactionId().value());
    }

    /** The same, known to have a challenge for its transactionID though it carries none that tells so. */
    Exchange hidingTransactionId() {
        ChallengeMask hiding =
                ChallengeMask.of(Optional.of(received.replyTo().transactionId().value()));
        return new Exchange(endpoint, responder, sender, description, received, namesSigner, mask.and(hiding));
    }

    /** By what a request that this message starts, or asks for, is found. */
    PollKey pollKey() {
        String signer = Csr.sha256Of(received.replyTo().signer().getSubjectPublicKeyInfo());
        String transaction = received.replyTo().transactionId().value();
        return PollKey.of(endpoint.profile().name(), transaction, signer);
    }
}
