package org.scepgate.enrollment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.audit.AuditEvent;
import org.scepgate.ca.ValidityTime;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.platform.SerialNumbers;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.Decision;
import org.scepgate.policy.Violation;
import org.scepgate.scep.CertificateId;
import org.scepgate.scep.FailInfo;

/** What the audit log says of an enrolment; the challenge itself is in none of it. */
final class EnrollmentEvents {
    private static final String DEVICE = "device";
    private static final String SUCCESS = "success";
    private static final String REFUSED = "refused";

    private EnrollmentEvents() {}

    static AuditEvent issued(Exchange exchange, IssuedCertificate issued) {
        Map<String, Object> details = ExchangeDetails.success(exchange);
        Optional.ofNullable(issued.challengeId()).ifPresent(id -> details.put("challengeId", id.toString()));
        Authentication way = exchange.endpoint().profile().authenticateBy();
        if (way.asksOutside()) {
            details.put("vouchedBy", way.toString());
        }
        Optional<String> renewed = issued.lineage().renewedSerial();
        renewed.ifPresent(serial -> details.put("renews", serial));
        details.put("ca", issued.ca().name());
        String action = renewed.isPresent() ? "certificate.renewed" : "certificate.issued";
        return certificateEvent(action, exchange, details, issued.certificate(), issued.issuedAt());
    }

    /** A reply was lost, and the device got the same certificate again. */
    static AuditEvent reissued(
            Exchange exchange, Optional<UUID> challengeId, X509CertificateHolder certificate, Instant now) {
        Map<String, Object> details = ExchangeDetails.success(exchange);
        challengeId.ifPresent(id -> details.put("challengeId", id.toString()));
        return certificateEvent("certificate.reissued", exchange, details, certificate, now);
    }

    private static AuditEvent certificateEvent(
            String action,
            Exchange exchange,
            Map<String, Object> details,
            X509CertificateHolder certificate,
            Instant now) {
        String serial = IssuedCertificate.serialOf(certificate);
        details.put("serial", serial);
        details.put("subject", RFC4519Style.INSTANCE.toString(certificate.getSubject()));
        details.put("notAfter", ValidityTime.endOf(certificate).toString());
        return new AuditEvent(
                now, DEVICE, exchange.sourceAddress(), action, "certificate/" + serial, SUCCESS, null, details);
    }

    /** A GetCert or GetCRL got what it asked for. */
    static AuditEvent answered(Exchange exchange, CertificateId asked, Instant now) {
        return queryEvent(exchange, asked, Optional.empty(), now);
    }

    static AuditEvent unanswered(Exchange exchange, CertificateId asked, Instant now) {
        return queryEvent(exchange, asked, Optional.of(FailInfo.BAD_CERT_ID), now);
    }

    private static AuditEvent queryEvent(
            Exchange exchange, CertificateId asked, Optional<FailInfo> failInfo, Instant now) {
        Map<String, Object> details = failInfo.map(why -> ExchangeDetails.failure(exchange, why))
                .orElseGet(() -> ExchangeDetails.success(exchange));
        // RFC 5280 section 4.1.2.2: at most 20 bytes; a stranger's may be of any length.
        boolean isPossible = asked.serialNumber().bitLength() <= 160;
        details.put("serial", isPossible ? SerialNumbers.hex(asked.serialNumber()) : "longer than 20 bytes");
        return new AuditEvent(
                now,
                DEVICE,
                exchange.sourceAddress(),
                "certificate.queried",
                transaction(exchange),
                failInfo.isEmpty() ? SUCCESS : REFUSED,
                failInfo.isEmpty() ? null : "certificate-unknown",
                details);
    }

    static AuditEvent refused(Exchange exchange, Decision.Refuse refuse, FailInfo failInfo, Instant now) {
        Map<String, Object> details = ExchangeDetails.failure(exchange, failInfo);
        refuse.challengeId().ifPresent(id -> details.put("challengeId", id.toString()));
        details.put("violations", texts(refuse.violations()));
        String object = refuse.challengeId().map(id -> "challenge/" + id).orElse(transaction(exchange));
        String reason = refuse.violations().get(0).rule().id();
        // RFC 8894 section 7.3: a spent challenge that comes back with another key is a security event.
        String action = refuse.alarm() ? "challenge.reused" : refusedAction(refuse);
        String outcome = refuse.alarm() ? "alarm" : REFUSED;
        return new AuditEvent(now, DEVICE, exchange.sourceAddress(), action, object, outcome, reason, details);
    }

    /** What an endpoint of ours failed at says nothing of the device, and raises no alarm about it. */
    private static String refusedAction(Decision.Refuse refuse) {
        return refuse.isCounted() ? "enrollment.refused" : "authorization.failed";
    }

    static AuditEvent locked(Exchange exchange, UUID challengeId, int limit, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("profile", exchange.endpoint().profile().name());
        details.put("transactionId", exchange.transactionId());
        details.put("refusals", limit);
        String object = "challenge/" + challengeId;
        return new AuditEvent(
                now,
                DEVICE,
                exchange.sourceAddress(),
                "challenge.locked",
                object,
                SUCCESS,
                "refused too often",
                details);
    }

    static AuditEvent rejected(Exchange exchange, Received.Rejected rejected, Instant now) {
        Map<String, Object> details = ExchangeDetails.failure(exchange, rejected.failInfo());
        return new AuditEvent(
                now,
                DEVICE,
                exchange.sourceAddress(),
                "message.rejected",
                transaction(exchange),
                REFUSED,
                rejected.reason(),
                details);
    }

    private static String transaction(Exchange exchange) {
        return "transaction/" + exchange.transactionId();
    }

    static List<Map<String, String>> texts(List<Violation> violations) {
        return violations.stream()
                .map(violation -> Map.of(
                        "rule", violation.rule().id(),
                        "expected", violation.expected(),
                        "actual", violation.actual()))
                .toList();
    }
}
