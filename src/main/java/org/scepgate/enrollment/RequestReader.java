package org.scepgate.enrollment;

import java.util.Map;
import java.util.Optional;
import org.scepgate.policy.Csr;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.UnreadableCsrException;
import org.scepgate.scep.CertificateId;
import org.scepgate.scep.CertificationRequest;
import org.scepgate.scep.DecodedMessage;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.MalformedMessageException;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.PkiMessage;
import org.scepgate.scep.PkiMessageDecoder;
import org.scepgate.scep.RejectedMessage;

/** From bytes to a request that can be judged, and who answers it; plain computation, for the crypto pool. */
final class RequestReader {
    private final ScepEndpoint endpoint;
    private final Responder responder;
    private final boolean signerIssued;

    private RequestReader(ScepEndpoint endpoint, Responder responder, boolean signerIssued) {
        this.endpoint = endpoint;
        this.responder = responder;
        this.signerIssued = signerIssued;
    }

    /** @throws MalformedMessageException if not even a FAILURE can be addressed */
    static Exchange read(ScepEndpoint endpoint, byte[] message, Sender sender) throws MalformedMessageException {
        PkiMessageDecoder.Described described = endpoint.decoder().decodeAndDescribe(message);
        DecodedMessage decoded = described.message();
        Responder responder = endpoint.responderFor(decoded.addressee());
        boolean signerIssued = endpoint.ca().issued(decoded.replyTo().signer());
        RequestReader reader = new RequestReader(endpoint, responder, signerIssued);
        Received received = decoded.fold(reader::accepted, RequestReader::rejected);
        return new Exchange(
                endpoint,
                responder,
                sender,
                described.description(),
                received,
                signerIssued,
                received.mask(),
                Map.of());
    }

    private Received accepted(PkiMessage message) {
        return message.content()
                .fold(
                        request -> certification(message, request),
                        poll -> new Received.Poll(
                                message.replyTo(), message.messageType().name()),
                        id -> query(message, id));
    }

    private Received certification(PkiMessage message, CertificationRequest requested) {
        String type = message.messageType().name();
        try {
            // Whatever a signer certificate says, it proves no identity before the inventory was asked.
            EnrollmentRequest request = new EnrollmentRequest(
                    responder.profile(), Csr.of(requested.csr()), message.signerHoldsRequestedKey(), Optional.empty());
            return bySigner(message, new Received.Enrolment(message.replyTo(), type, request, requested));
        } catch (UnreadableCsrException e) {
            ChallengeMask mask = ChallengeMask.of(requested.challengePassword());
            return new Received.Rejected(message.replyTo(), type, FailInfo.BAD_REQUEST, "csr-unreadable", mask);
        }
    }

    private Received bySigner(PkiMessage message, Received.Enrolment enrolment) {
        boolean renewalReq = message.messageType() == MessageType.RENEWAL_REQ;
        if (signerIssued) {
            return new Received.Renewal(enrolment, message.signer(), renewalReq);
        }
        return renewalReq
                ? new Received.Rejected(
                        message.replyTo(),
                        enrolment.messageType(),
                        FailInfo.BAD_REQUEST,
                        "renewal-signer-not-issued",
                        enrolment.mask())
                : enrolment;
    }

    private static Received query(PkiMessage message, CertificateId id) {
        String type = message.messageType().name();
        return message.messageType() == MessageType.GET_CRL
                ? new Received.CrlQuery(message.replyTo(), type, id)
                : new Received.CertificateQuery(message.replyTo(), type, id);
    }

    private static Received rejected(RejectedMessage message) {
        String type = message.messageType().map(Enum::name).orElse("UNKNOWN");
        return new Received.Rejected(message.replyTo(), type, message.failInfo(), message.reason());
    }
}
