package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some challenges, newest first, and where the older ones are. */
@Schema(description = "Challenges, newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChallengePage(
        List<ChallengeView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
