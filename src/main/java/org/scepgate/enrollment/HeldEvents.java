package org.scepgate.enrollment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.scepgate.approval.ApprovalEvents;
import org.scepgate.approval.HeldAnswer;
import org.scepgate.approval.HeldCertificate;
import org.scepgate.approval.HeldRequest;
import org.scepgate.audit.AuditEvent;
import org.scepgate.ca.ValidityTime;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.policy.Violation;
import org.scepgate.scep.FailInfo;

/** What the audit log says of requests that wait. */
final class HeldEvents {
    private HeldEvents() {}

    static AuditEvent held(Exchange exchange, HeldRequest held) {
        Map<String, Object> details = ExchangeDetails.pending(exchange);
        return event(exchange, held, new Step("request.held", null, details, held.receivedAt()));
    }

    /** A device asked for its request, by CertPoll or by sending it again. */
    static AuditEvent polled(Exchange exchange, HeldRequest held, Instant now) {
        HeldAnswer answer =
                held.answerAt(now, exchange.endpoint().profile().challenge().retryWindow());
        Step step = answer.fold(
                wait -> new Step("request.polled", null, ExchangeDetails.pending(exchange), now),
                collect -> collected(exchange, collect.certificate(), now),
                refused -> new Step(
                        "request.polled",
                        refused.reason(),
                        ExchangeDetails.failure(exchange, FailInfo.BAD_REQUEST),
                        now));
        return event(exchange, held, step);
    }

    private static Step collected(Exchange exchange, HeldCertificate certificate, Instant now) {
        Map<String, Object> details = ExchangeDetails.success(exchange);
        details.put("serial", certificate.serial());
        return new Step("certificate.collected", null, details, now);
    }

    /** @param reason null unless it was refused */
    private record Step(String action, String reason, Map<String, Object> details, Instant at) {}

    private static AuditEvent event(Exchange exchange, HeldRequest held, Step step) {
        step.details().put("requestId", held.id().toString());
        held.challengeId().ifPresent(id -> step.details().put("challengeId", id.toString()));
        return new AuditEvent(
                step.at(),
                "device",
                exchange.sourceAddress(),
                step.action(),
                "request/" + held.id(),
                step.reason() == null ? "success" : "refused",
                step.reason(),
                step.details());
    }

    /** The certificate of a request that an operator approved. */
    static AuditEvent issued(ApprovedRequest approved, IssuedCertificate issued) {
        Map<String, Object> details = details(approved);
        details.put("ca", issued.ca().name());
        details.put("serial", issued.serial());
        details.put(
                "subject", RFC4519Style.INSTANCE.toString(issued.certificate().getSubject()));
        details.put("notAfter", ValidityTime.endOf(issued.certificate()).toString());
        return new AuditEvent(
                issued.issuedAt(),
                approved.caller().id(),
                approved.caller().sourceAddress(),
                "certificate.issued",
                "certificate/" + issued.serial(),
                "success",
                null,
                details);
    }

    private static Map<String, Object> details(ApprovedRequest approved) {
        Map<String, Object> details = ApprovalEvents.details(approved.held());
        if (!approved.authorization().isEmpty()) {
            details.put("authorization", approved.authorization());
        }
        return details;
    }

    static AuditEvent approvalRefused(ApprovedRequest approved, List<Violation> violations) {
        Map<String, Object> details = details(approved);
        details.put("violations", EnrollmentEvents.texts(violations));
        return new AuditEvent(
                approved.ruling().at(),
                approved.caller().id(),
                approved.caller().sourceAddress(),
                "request.approved",
                "request/" + approved.held().id(),
                "refused",
                violations.get(0).rule().id(),
                details);
    }
}
