package org.scepgate.enrollment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.scepgate.approval.ApprovalEvents;
import org.scepgate.approval.HeldAnswer;
import org.scepgate.approval.HeldCertificate;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.Ruling;
import org.scepgate.audit.AuditEvent;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.platform.Caller;
import org.scepgate.policy.Violation;
import org.scepgate.scep.FailInfo;

/** What the audit log says of requests that wait. */
final class HeldEvents {
    private HeldEvents() {}

    static AuditEvent held(Exchange exchange, HeldRequest held) {
        return event(exchange, held, "request.held", ExchangeDetails.pending(exchange), null, held.receivedAt());
    }

    /** A device asked for its request, by CertPoll or by sending it again. */
    static AuditEvent polled(Exchange exchange, HeldRequest held, Instant now) {
        HeldAnswer answer =
                held.answerAt(now, exchange.endpoint().profile().challenge().retryWindow());
        return answer.fold(
                wait -> event(exchange, held, "request.polled", ExchangeDetails.pending(exchange), null, now),
                collect -> collected(exchange, held, collect.certificate(), now),
                refused -> event(
                        exchange,
                        held,
                        "request.polled",
                        ExchangeDetails.failure(exchange, FailInfo.BAD_REQUEST),
                        refused.reason(),
                        now));
    }

    private static AuditEvent collected(Exchange exchange, HeldRequest held, HeldCertificate certificate, Instant now) {
        Map<String, Object> details = ExchangeDetails.success(exchange);
        details.put("serial", certificate.serial());
        return event(exchange, held, "certificate.collected", details, null, now);
    }

    private static AuditEvent event(
            Exchange exchange,
            HeldRequest held,
            String action,
            Map<String, Object> details,
            String reason,
            Instant now) {
        details.put("requestId", held.id().toString());
        held.challengeId().ifPresent(id -> details.put("challengeId", id.toString()));
        String outcome = reason == null ? "success" : "refused";
        return new AuditEvent(
                now, "device", exchange.sourceAddress(), action, "request/" + held.id(), outcome, reason, details);
    }

    /** The certificate of a request that an operator approved. */
    static AuditEvent issued(HeldRequest held, IssuedCertificate issued, Caller caller) {
        Map<String, Object> details = ApprovalEvents.details(held);
        details.put("serial", issued.serial());
        details.put(
                "subject", RFC4519Style.INSTANCE.toString(issued.certificate().getSubject()));
        details.put("notAfter", issued.certificate().getNotAfter().toInstant().toString());
        return new AuditEvent(
                issued.issuedAt(),
                caller.id(),
                caller.sourceAddress(),
                "certificate.issued",
                "certificate/" + issued.serial(),
                "success",
                null,
                details);
    }

    static AuditEvent approvalRefused(HeldRequest held, List<Violation> violations, Ruling ruling, Caller caller) {
        Map<String, Object> details = ApprovalEvents.details(held);
        details.put("violations", EnrollmentEvents.texts(violations));
        return new AuditEvent(
                ruling.at(),
                caller.id(),
                caller.sourceAddress(),
                "request.approved",
                "request/" + held.id(),
                "refused",
                violations.get(0).rule().id(),
                details);
    }
}
