package org.scepgate.certificate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scepgate.audit.AuditEvent;

/** What the audit trail says of revocations. */
final class RevocationEvents {
    private RevocationEvents() {}

    static AuditEvent revoked(RevokedRow row, RevocationOrder order) {
        return event("certificate.revoked", row, order);
    }

    static AuditEvent unheld(RevokedRow row, RevocationOrder order) {
        return event("certificate.unheld", row, order);
    }

    private static AuditEvent event(String action, RevokedRow row, RevocationOrder order) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("ca", row.ca());
        details.put("profile", row.profile());
        if (row.deviceId() != null) {
            details.put("deviceId", row.deviceId());
        }
        details.put("subject", row.subject());
        order.comment().ifPresent(comment -> details.put("comment", comment));
        return new AuditEvent(
                order.at(),
                order.caller().id(),
                order.caller().sourceAddress(),
                action,
                "certificate/" + row.serial(),
                "success",
                order.reason().text(),
                details);
    }
}
