package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;

/** The body of a request for a challenge in place of another. */
@Schema(description = "How long the new challenge lives, and what happens to the certificate of the old one")
public record ReissueRequest(
        @Schema(description = "How long it can be used (ISO 8601), within the profile's bounds", examples = "PT1H")
        String ttl,

        @Schema(
                description = "Revokes what was issued for the old challenge, at once, for this reason (CRLReason of"
                        + " RFC 5280)",
                examples = "keyCompromise")
        String revoke,

        @Schema(description = "true: the same as revoke with superseded")
        Boolean supersede) {

    static final ReissueRequest NOTHING = new ReissueRequest(null, null, null);
    private static final String SUPERSEDED = "superseded";

    @JsonIgnore
    Optional<String> reason() {
        boolean superseded = Boolean.TRUE.equals(supersede);
        if (superseded && revoke != null && !revoke.equals(SUPERSEDED)) {
            throw ApiException.badRequest("invalid-value", "revoke", "says another reason than supersede");
        }
        return superseded ? Optional.of(SUPERSEDED) : Optional.ofNullable(revoke);
    }
}
