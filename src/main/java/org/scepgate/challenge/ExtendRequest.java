package org.scepgate.challenge;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.platform.ApiException;

/** The body of a request for more time. */
@Schema(description = "How long a challenge lives in all")
public record ExtendRequest(
        @Schema(
                required = true,
                description = "Counted from createdAt, as in the request that made it, so that the same request again"
                        + " changes nothing (ISO 8601); within the profile's bounds",
                examples = "PT4H")
        String ttl) {

    Duration requireTtl() {
        return ChallengeRequest.timeToLive(ttl)
                .orElseThrow(() -> ApiException.badRequest("missing-field", "ttl", "a time to live is required"));
    }
}
