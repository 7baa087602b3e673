package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.policy.NamePatterns;
import org.scepgate.policy.RequestedBinding;

/** A challenge as the API shows it; what is not known or does not apply is left out. */
@Schema(name = "Challenge", description = "A one-time challenge and what it is bound to")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChallengeView(
        @Schema(examples = "0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90")
        UUID id,

        @Schema(
                description = "The secret for the device; only in the answer that made it",
                implementation = String.class,
                examples = "7kQvR2mZpXc9TfWn4bHsYdJe")
        ChallengeSecret challenge,

        @Schema(examples = "demo") String profile,

        @Schema(
                implementation = String.class,
                description = "Where the device enrols; absent if the profile is no longer configured",
                examples = "https://scep.acme.example/scep/demo")
        URI scepUrl,

        @Schema(description = "SHA-256 of the CA certificate; absent if the profile is no longer configured")
        String caFingerprintSha256,

        @Schema(
                description = "Only ISSUED can be used. RESERVED: by the request alone that waits for approval with it;"
                        + " DENIED: that request was denied. EXPIRED: its time ran out, or that of the request")
        ChallengeStatus state,

        Instant expiresAt,

        @Schema(examples = "CN=device-42,O=Acme") String subject,
        AltNames subjectAltNames,

        @Schema(enumeration = {"exact", "subset", "pattern"})
        String match,

        @Schema(description = "With match: pattern, in place of subject")
        List<RdnPattern> subjectPattern,

        @Schema(description = "With match: pattern, in place of subjectAltNames")
        AltNamePatterns subjectAltNamePatterns,

        @Schema(examples = "42") String deviceId,
        String publicKeySha256,
        List<String> keyUsage,
        List<String> extendedKeyUsage,

        @Schema(examples = "PT2160H") String validity,

        @Schema(examples = "S-1-5-21-1004336348-1177238915-682003330-1104")
        String securityIdentifier,

        Instant createdAt,

        @Schema(description = "Client id of the caller that asked for it")
        String createdBy,

        @Schema(description = "When it was redeemed") Instant redeemedAt,

        @Schema(description = "Serial number in hex of the certificate that was issued for it")
        String certificateSerial,

        @Schema(description = "The challenge that this one was made in place of")
        UUID replaces,

        @Schema(description = "The challenge that was made in place of this one")
        UUID replacedBy,

        @Schema(description = "When a request that waits for approval reserved it, so that no other can use it")
        Instant reservedAt,

        @Schema(description = "The request that reserved it, at /api/v1/requests/{id}")
        UUID heldRequestId,

        Instant cancelledAt,
        Instant lockedAt,

        @Schema(description = "How many enrolments with it were refused")
        int failedAttemptCount,

        @Schema(description = "The first hundred of them, oldest first; only in the answer for one challenge")
        List<RefusedAttempt> failedAttempts) {

    /** What only one of the answers has: the secret the one that made the challenge, the refusals the one about it. */
    record Extras(ChallengeSecret secret, List<RefusedAttempt> refusals) {
        static final Extras NONE = new Extras(null, null);
    }

    /** @param offer null if the profile is no longer configured */
    static ChallengeView of(Challenge challenge, OfferedProfile offer, Instant now, Extras extras) {
        RequestedBinding bound = BindingJson.textsOf(challenge.binding());
        Optional<NamePatterns> patterns = challenge.binding().patterns();
        return new ChallengeView(
                challenge.id(),
                extras.secret(),
                challenge.binding().profile(),
                offer == null ? null : offer.scepUrl(),
                offer == null ? null : offer.caFingerprintSha256(),
                challenge.statusAt(now),
                challenge.expiresAt(),
                patterns.isPresent() ? null : bound.subject(),
                patterns.isPresent() ? null : AltNames.of(challenge.binding().subjectAltNames()),
                bound.match(),
                patterns.map(RdnPattern::of).orElse(null),
                patterns.map(AltNamePatterns::of).orElse(null),
                challenge.deviceId().orElse(null),
                bound.publicKeySha256(),
                bound.keyUsage(),
                bound.extendedKeyUsage(),
                bound.validity(),
                bound.securityIdentifier(),
                challenge.createdAt(),
                challenge.createdBy(),
                challenge.progress().spentAt().orElse(null),
                challenge.certificateSerial().orElse(null),
                challenge.succession().replaces().orElse(null),
                challenge.succession().replacedBy().orElse(null),
                challenge
                        .progress()
                        .reservation()
                        .map(Challenge.Reservation::at)
                        .orElse(null),
                challenge
                        .progress()
                        .reservation()
                        .map(Challenge.Reservation::requestId)
                        .orElse(null),
                challenge.progress().cancelledAt().orElse(null),
                challenge.progress().lockedAt().orElse(null),
                challenge.failedAttempts(),
                extras.refusals());
    }
}
