package org.scepgate.certificate;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of an order to take a certificate from hold. */
@Schema(description = "Why a certificate is good again")
public record UnholdRequest(
        @Schema(maxLength = 500, description = "Goes on record", examples = "Found again")
        String comment) {

    Optional<String> checkedComment() {
        return RevokeRequest.checked(comment);
    }
}
