package org.scepgate.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happened, as it is sent; what does not apply is not there. */
@Schema(description = "What happened to a challenge, a certificate or a request. What does not apply is not there.")
@JsonInclude(JsonInclude.Include.NON_NULL)
// It is the body of no resource, from which Quarkus would know.
@RegisterForReflection
public record Event(
        @Schema(description = "The same however often it is sent")
        UUID id,

        @Schema(examples = "certificate.issued") String type,

        @Schema(description = "When it happened") Instant time,

        @Schema(description = "Who made the challenge", examples = "mdm")
        String client,

        @Schema(examples = "demo") String profile,

        @Schema(implementation = UUID.class) String challengeId,

        @Schema(examples = "device-42") String deviceId,

        @Schema(description = "The request that waits for a person", implementation = UUID.class)
        String requestId,

        @Schema(description = "SCEP's transactionID, which the device chose")
        String transactionId,

        @Schema(description = "The CA of the certificate", examples = "main")
        String ca,

        @Schema(description = "Of the certificate, in hex", examples = "4f1d2c")
        String serial,

        @Schema(examples = "CN=device-42,O=Acme") String subject,

        @Schema(description = "The certificate's end", implementation = Instant.class)
        String notAfter,

        @Schema(description = "The serial of the certificate that this one renews")
        String renews,

        @Schema(
                description = "Why: the first rule that a refused request broke, or the reason of a revocation",
                examples = "subject.mismatch")
        String reason,

        @Schema(description = "Of alarm.raised, which has no client and so is for those who see all")
        RaisedAlarm alarm) {

    /** The same with whose it is. */
    Event of(Owner owner) {
        return new Event(
                id,
                type,
                time,
                owner.client(),
                profile,
                challengeId == null ? owner.challengeId() : challengeId,
                deviceId == null ? owner.deviceId() : deviceId,
                requestId,
                transactionId,
                ca,
                serial,
                subject,
                notAfter,
                renews,
                reason,
                alarm);
    }
}
