package org.scepgate.approval;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;

/** The body of an approval or a denial. */
@Schema(description = "Why an operator decides so")
public record RulingRequest(
        @Schema(required = true, maxLength = 500, description = "Goes on record", examples = "Seen on ticket 4711")
        String reason) {

    private static final Pattern REASON = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029]{1,500}");

    String requireReason() {
        if (reason == null || reason.isBlank()) {
            throw ApiException.badRequest("missing-field", "reason", "a reason is required");
        }
        if (!REASON.matcher(reason).matches()) {
            throw ApiException.badRequest(
                    "invalid-value", "reason", "a reason has at most 500 characters, none of them a control character");
        }
        return reason;
    }
}
