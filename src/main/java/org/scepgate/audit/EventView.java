package org.scepgate.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event of the audit trail as the API shows it. */
@Schema(name = "AuditEvent", description = "Who did what to what, and how it ended")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        UUID id,
        Instant at,

        @Schema(description = "Client id of the caller, or device", examples = "device")
        String actor,

        String sourceAddress,

        @Schema(examples = "enrollment.refused") String action,

        @Schema(
                description = "What it was done to: kind and id",
                examples = "challenge/0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90")
        String object,

        @Schema(description = "success, refused, or alarm where somebody has a secret of another", examples = "refused")
        String outcome,

        @Schema(
                description = "Why it was refused: the first rule that was broken, or what was wrong with the message",
                examples = "subject.mismatch")
        String reason,

        @Schema(
                description = "What else is known. Of an exchange with a device: profile, messageType, transactionId,"
                        + " userAgent; algorithms (digest, signature, contentEncryption, keyTransport), signer (subject,"
                        + " issuer, key, publicKeySha256) and asked (subject, subjectAltNames, key) as they were read;"
                        + " violations (rule, expected, actual), authorization (questionId, outcome, millis, and where it"
                        + " was narrowed granted and left), challengeId, requestId, serial; and what was answered:"
                        + " pkiStatus, failInfo, failInfoText")
        Map<String, Object> details) {}
