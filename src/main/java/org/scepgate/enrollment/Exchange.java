package org.scepgate.enrollment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.approval.PollKey;
import org.scepgate.challenge.PresentedChallenge;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.policy.Violation;
import org.scepgate.scep.ReplyAddress;
import org.scepgate.scep.RequestDescription;

/**
 * One request, who sent it and whom it is answered to.
 *
 * @param responder who answers, and whose CA issues
 * @param signerIssued whether a CA of the profile signed the signer's certificate
 * @param mask hides challenges in what is recorded of the exchange
 * @param authorization what an endpoint said that has a say in it, for the audit log; empty if none was asked
 */
record Exchange(
        ScepEndpoint endpoint,
        Responder responder,
        Sender sender,
        RequestDescription description,
        Received received,
        boolean signerIssued,
        ChallengeMask mask,
        Map<String, Object> authorization) {

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
        return hide(received.replyTo().transactionId().value());
    }

    /**
     * Whether the names of the signer may be recorded: who signs for itself may have put a challenge there, which nothing
     * hides unless the message was read.
     */
    boolean namesSigner() {
        return signerIssued || !received.mask().isUnread();
    }

    /**
     * Whether the transactionID may be a static challenge without anybody knowing: only a slow hash could tell, which must
     * not be had for a message that proves nothing.
     */
    boolean mayTellStaticChallenge() {
        return received.mask().isUnread() && endpoint.profile().authenticateBy() == Authentication.STATIC;
    }

    /** Any text of the request as it may be recorded. */
    String hide(String text) {
        return mask.hide(text);
    }

    /** The refusal as it may be recorded: a device that puts a challenge into a name too must not spread it. */
    Decision.Refuse hideIn(Decision.Refuse refuse) {
        List<Violation> violations = refuse.violations().stream()
                .map(violation -> new Violation(violation.rule(), violation.expected(), hide(violation.actual())))
                .toList();
        return new Decision.Refuse(refuse.challengeId(), violations, refuse.alarm());
    }

    /** The same, where the transactionID is a challenge or may be one. */
    Exchange hidingTransactionId() {
        ChallengeMask hiding =
                ChallengeMask.of(Optional.of(received.replyTo().transactionId().value()));
        return new Exchange(
                endpoint, responder, sender, description, received, signerIssued, mask.and(hiding), authorization);
    }

    /** The same, after an endpoint was asked. */
    Exchange with(Authorized authorized) {
        return new Exchange(
                endpoint, responder, sender, description, received, signerIssued, mask, authorized.details());
    }

    /** By what a request that this message starts, or asks for, is found. */
    PollKey pollKey() {
        String signer = Csr.sha256Of(received.replyTo().signer().getSubjectPublicKeyInfo());
        String transaction = received.replyTo().transactionId().value();
        return PollKey.of(endpoint.profile().name(), transaction, signer);
    }
}
