package org.scepgate.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.SecurityIdentifier;
import org.scepgate.policy.SubjectAltNames;

/**
 * A question as its endpoint reads it; docs/authorize.md explains the fields.
 *
 * @param csr base64
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record QuestionJson(
        String id,
        String kind,
        String profile,
        String transactionId,
        String sourceAddress,
        String csr,
        String publicKeySha256,
        BindingJson binding,
        String renews,
        String requestId,
        String approvedBy) {

    /** What would be issued, and for whom it was asked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BindingJson(
            String subject,
            NamesJson subjectAltNames,
            List<String> keyUsage,
            List<String> extendedKeyUsage,
            String validity,
            String notAfter,
            String securityIdentifier,
            String challengeId,
            String deviceId,
            String client) {}

    /** Alternative names by type. */
    record NamesJson(List<String> dns, List<String> email, List<String> uri, List<String> ip, List<String> upn) {
        static NamesJson of(SubjectAltNames names) {
            return new NamesJson(names.dns(), names.email(), names.uri(), names.ip(), names.upn());
        }
    }

    static byte[] bytes(UUID id, AuthorizationQuestion question, ObjectMapper json) {
        try {
            return json.writeValueAsBytes(of(id, question));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can be written as JSON", impossible);
        }
    }

    private static QuestionJson of(UUID id, AuthorizationQuestion question) {
        AuthorizationQuestion.Request request = question.request();
        AuthorizationQuestion.Background background = question.background();
        return new QuestionJson(
                id.toString(),
                question.kind().text(),
                request.profile(),
                request.transactionId(),
                request.sourceAddress(),
                Base64.getEncoder().encodeToString(request.csr()),
                request.publicKeySha256(),
                binding(question.granted(), background),
                background.renews().orElse(null),
                background.requestId().map(UUID::toString).orElse(null),
                background.approvedBy().orElse(null));
    }

    private static BindingJson binding(CertificateTemplate granted, AuthorizationQuestion.Background background) {
        return new BindingJson(
                granted.boundSubject().toString(),
                NamesJson.of(granted.names()),
                granted.keyUsage().stream().map(KeyUsage::text).toList(),
                granted.extendedKeyUsage().stream().map(ExtendedKeyUsage::text).toList(),
                granted.validity().toString(),
                granted.notAfter().toString(),
                granted.securityIdentifier().map(SecurityIdentifier::text).orElse(null),
                background.challengeId().map(UUID::toString).orElse(null),
                background.deviceId().orElse(null),
                background.client().orElse(null));
    }
}
