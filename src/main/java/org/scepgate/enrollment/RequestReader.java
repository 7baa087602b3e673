package org.scepgate.enrollment;

import org.scepgate.policy.Csr;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.Profile;
import org.scepgate.policy.UnreadableCsrException;
import org.scepgate.scep.CertificationRequest;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.IssuerAndSubject;
import org.scepgate.scep.MalformedMessageException;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.PkiMessage;
import org.scepgate.scep.RejectedMessage;

/** From bytes to a request that the policy can judge; plain computation, for the crypto pool. */
final class RequestReader {
    private RequestReader() {}

    /** @throws MalformedMessageException if not even a FAILURE can be addressed */
    static Received read(ScepEndpoint endpoint, byte[] message) throws MalformedMessageException {
        return endpoint.decoder()
                .decode(message)
                .fold(accepted -> accepted(endpoint.profile(), accepted), RequestReader::rejected);
    }

    private static Received accepted(Profile profile, PkiMessage message) {
        if (message.messageType() == MessageType.PKCS_REQ
                && message.content() instanceof CertificationRequest requested) {
            return enrolment(profile, message, requested);
        }
        String type = message.messageType().name();
        if (message.content() instanceof IssuerAndSubject names) {
            return new Received.Poll(message.replyTo(), type, names);
        }
        return new Received.Rejected(message.replyTo(), type, FailInfo.BAD_REQUEST, "message-type-not-served");
    }

    private static Received enrolment(Profile profile, PkiMessage message, CertificationRequest requested) {
        String type = message.messageType().name();
        try {
            // Whatever a PKCSReq's signer certificate says, it proves no identity: its issuer's name costs nothing.
            boolean signerProvesNothing = true;
            EnrollmentRequest request = new EnrollmentRequest(
                    profile, Csr.of(requested.csr()), message.signerHoldsRequestedKey(), signerProvesNothing);
            return new Received.Enrolment(message.replyTo(), type, request, requested.challengePassword());
        } catch (UnreadableCsrException e) {
            return new Received.Rejected(message.replyTo(), type, FailInfo.BAD_REQUEST, "csr-unreadable");
        }
    }

    private static Received rejected(RejectedMessage message) {
        String type = message.messageType().map(Enum::name).orElse("UNKNOWN");
        return new Received.Rejected(message.replyTo(), type, message.failInfo(), message.reason());
    }
}
