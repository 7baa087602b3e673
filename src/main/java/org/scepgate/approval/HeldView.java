package org.scepgate.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.policy.RequestedAltNames;

/** A waiting request as the API shows it; what is not known or does not apply is left out. */
@Schema(name = "HeldRequest", description = "A request that waits for approval, or did")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldView(
        @Schema(examples = "0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90")
        UUID id,

        HeldStatus state,

        @Schema(examples = "demo") String profile,

        @Schema(
                description =
                        "The challenge that came with it; without one, nobody but its sender vouches for its names")
        UUID challengeId,

        @Schema(description = "As the certificate will have it", examples = "CN=device-42,O=Acme")
        String subject,

        @Schema(description = "As the certificate will have them")
        RequestedAltNames subjectAltNames,

        @Schema(examples = "RSA 2048") String key,

        @Schema(description = "SHA-256 of the SubjectPublicKeyInfo in hex, to compare with what the device shows")
        String publicKeySha256,

        @Schema(description = "SCEP's transactionID of the message it came in first; see /api/v1/transactions")
        String transactionId,

        String sourceAddress,
        Instant receivedAt,
        Instant expiresAt,

        @Schema(description = "When it was approved or denied")
        Instant decidedAt,

        @Schema(description = "Client id of the operator") String decidedBy,

        String reason,

        @Schema(description = "Serial number in hex of the certificate that was issued")
        String certificateSerial) {

    static HeldView of(HeldRequest held, Instant now) {
        HeldContent content = held.content();
        return new HeldView(
                held.id(),
                held.statusAt(now),
                held.profile(),
                held.challengeId().orElse(null),
                content.subject(),
                content.subjectAltNames(),
                content.key(),
                content.spkiSha256(),
                held.transactionId(),
                held.sourceAddress(),
                held.receivedAt(),
                held.expiresAt(),
                held.ruling().map(Ruling::at).orElse(null),
                held.ruling().map(Ruling::by).orElse(null),
                held.ruling().map(Ruling::reason).orElse(null),
                held.certificate().map(HeldCertificate::serial).orElse(null));
    }
}
