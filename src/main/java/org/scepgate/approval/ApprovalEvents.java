package org.scepgate.approval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scepgate.audit.AuditEvent;
import org.scepgate.platform.Caller;

/** What the audit trail says of a person's word on a waiting request. */
public final class ApprovalEvents {
    private ApprovalEvents() {}

    /** @param serial of the certificate that was signed */
    public static AuditEvent approved(HeldRequest held, Ruling ruling, Caller caller, String serial) {
        Map<String, Object> details = details(held);
        details.put("serial", serial);
        return event(held, ruling, caller.sourceAddress(), details);
    }

    /** The challenge that it came with was taken back, which is what the ruling says. */
    static AuditEvent closed(HeldRequest held, Ruling ruling, AuditEvent cancelled) {
        return event(held, ruling, cancelled.sourceAddress(), details(held));
    }

    static AuditEvent denied(HeldRequest held, Ruling ruling, Caller caller) {
        return event(held, ruling, caller.sourceAddress(), details(held));
    }

    private static AuditEvent event(HeldRequest held, Ruling ruling, String source, Map<String, Object> details) {
        return new AuditEvent(
                ruling.at(),
                ruling.by(),
                source,
                ruling.kind() == Ruling.Kind.APPROVED ? "request.approved" : "request.denied",
                "request/" + held.id(),
                "success",
                ruling.reason(),
                details);
    }

    /** What every event about a waiting request says; the transaction it came in is how it is found again. */
    public static Map<String, Object> details(HeldRequest held) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("profile", held.profile());
        details.put("transactionId", held.transactionId());
        details.put("requestId", held.id().toString());
        details.put("subject", held.content().subject());
        held.challengeId().ifPresent(id -> details.put("challengeId", id.toString()));
        return details;
    }
}
