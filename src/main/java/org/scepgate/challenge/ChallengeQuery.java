package org.scepgate.challenge;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.Caller;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/** The query of a list of challenges, as it came. */
public class ChallengeQuery {
    @Parameter(description = "Only those for this device")
    @QueryParam("deviceId")
    String deviceId;

    @Parameter(description = "Only those in this state", schema = @Schema(implementation = ChallengeStatus.class))
    @QueryParam("state")
    String state;

    @Parameter(description = "How many at most, 1 to 200", schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(
            description = "Only those made before the challenge with this id",
            schema = @Schema(implementation = UUID.class))
    @QueryParam("after")
    String after;

    /** One more than a page holds, which shows whether there is a next page. */
    ChallengeSearch searchFor(Caller caller) {
        return new ChallengeSearch(
                caller.seesAll() ? Optional.empty() : Optional.of(caller.id()),
                ChallengeRequest.checkedDeviceId(deviceId),
                Optional.ofNullable(state).map(text -> QueryValues.oneOf(ChallengeStatus.values(), "state", text)),
                Paging.after(after),
                limit() + 1);
    }

    int limit() {
        return Paging.limit(limit);
    }

    URI nextPage(UUID last) {
        return NextPage.of(ChallengeResource.class)
                .parameter("deviceId", deviceId)
                .parameter("state", state)
                .parameter("limit", limit())
                .after(last);
    }
}
