package org.scepgate.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A certificate of the inventory as the API shows it; what is not known or does not apply is left out. */
@Schema(name = "Certificate", description = "A certificate that was issued")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateView(
        @Schema(
                description = "Its place in the inventory, for paging",
                examples = "0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90")
        UUID id,

        @Schema(
                description = "Serial number in hex, as openssl prints it",
                examples = "4f0c9e1d2b3a4958677685940a1b2c3d")
        String serial,

        @Schema(description = "The CA's name in the configuration", examples = "main")
        String ca,

        @Schema(examples = "demo") String profile,

        @Schema(description = "What the challenge named the device")
        String deviceId,

        @Schema(examples = "CN=device-42,O=Acme") String subject,

        @Schema(description = "With their types", examples = "[\"dns:device-42.acme.example\"]")
        List<String> subjectAltNames,

        @Schema(description = "SHA-256 of the SubjectPublicKeyInfo in hex")
        String publicKeySha256,

        Instant notBefore,
        Instant notAfter,
        Instant issuedAt,
        CertificateState state,

        @Schema(description = "When it was revoked or put on hold first")
        Instant revokedAt,

        @Schema(description = "As RFC 5280 names it", examples = "keyCompromise")
        String revocationReason,

        @Schema(description = "Serial number of the certificate that it renews")
        String renews,

        @Schema(description = "The challenge it was issued for")
        UUID challengeId) {}
