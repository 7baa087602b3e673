package org.scepgate.enrollment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scepgate.authorization.AuthorizationAnswer;
import org.scepgate.policy.Approval;
import org.scepgate.policy.Authorization;
import org.scepgate.policy.CertificateTemplate;

/**
 * What may be signed once everybody was asked who has a say.
 *
 * @param details for the audit log; empty if nobody was asked
 */
record Authorized(Approval approval, Map<String, Object> details) {

    static Authorized unasked(CertificateTemplate granted) {
        return new Authorized(new Approval.Granted(granted), Map.of());
    }

    static Authorized of(CertificateTemplate granted, AuthorizationAnswer answer, Approval approval) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("questionId", answer.questionId().toString());
        details.put("outcome", outcome(answer.said(), approval));
        details.put("millis", answer.took().toMillis());
        if (approval instanceof Approval.Granted signed && signed.template() != granted) {
            details.put("granted", texts(granted));
            details.put("left", texts(signed.template()));
        }
        return new Authorized(approval, details);
    }

    /** Such as {@code narrowed}; of a closed set. */
    static String outcome(Authorization said, Approval judged) {
        return judged.fold(
                granted -> said instanceof Authorization.Narrowed ? "narrowed" : "allowed", Authorized::outcome);
    }

    private static String outcome(Approval.Rejected rejected) {
        return switch (rejected.violations().get(0).rule()) {
            case AUTHORIZATION_DENIED -> "denied";
            case AUTHORIZATION_WIDER -> "wider";
            default -> "failed";
        };
    }

    private static Map<String, String> texts(CertificateTemplate template) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("subjectAltNames", template.names().toString());
        texts.put("keyUsage", template.keyUsage().toString());
        texts.put("extendedKeyUsage", template.extendedKeyUsage().toString());
        texts.put("validity", template.validity().toString());
        return texts;
    }
}
