package org.scepgate.certificate;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.ca.RevocationReason;
import org.scepgate.platform.ApiException;

/** The body of a revocation. */
@Schema(description = "Why a certificate is revoked")
public record RevokeRequest(
        @Schema(
                required = true,
                description = "CRLReason of RFC 5280; certificateHold can be taken back",
                enumeration = {
                    "unspecified",
                    "keyCompromise",
                    "cACompromise",
                    "affiliationChanged",
                    "superseded",
                    "cessationOfOperation",
                    "certificateHold",
                    "privilegeWithdrawn",
                    "aACompromise"
                })
        String reason,

        @Schema(maxLength = 500, description = "Goes on record", examples = "Ticket 4711")
        String comment) {

    private static final Pattern COMMENT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029]{1,500}");

    RevocationReason requireReason() {
        if (reason == null) {
            throw ApiException.badRequest("missing-field", "reason", "a reason is required");
        }
        return RevocationReason.find(reason)
                .orElseThrow(() -> ApiException.badRequest(
                        "invalid-value",
                        "reason",
                        "one of "
                                + Arrays.stream(RevocationReason.values())
                                        .map(RevocationReason::text)
                                        .collect(Collectors.joining(", "))));
    }

    Optional<String> checkedComment() {
        return checked(comment);
    }

    static Optional<String> checked(String comment) {
        if (comment != null && !COMMENT.matcher(comment).matches()) {
            throw ApiException.badRequest(
                    "invalid-value", "comment", "a comment has 1 to 500 characters, none of them a control character");
        }
        return Optional.ofNullable(comment);
    }
}
