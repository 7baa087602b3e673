package org.scepgate.challenge;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;

/** The query of a list of challenges, as it came. */
public class ChallengeQuery {
    private static final int LARGEST_PAGE = 200;

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
                Optional.ofNullable(state).map(ChallengeQuery::statusOf),
                Optional.ofNullable(after).map(ChallengeQuery::idOf),
                limit() + 1);
    }

    int limit() {
        try {
            int asked = Integer.parseInt(limit);
            if (asked >= 1 && asked <= LARGEST_PAGE) {
                return asked;
            }
        } catch (NumberFormatException unreadable) {
            throw badLimit();
        }
        throw badLimit();
    }

    URI nextPage(UUID last) {
        UriBuilder next = UriBuilder.fromResource(ChallengeResource.class).queryParam("limit", limit());
        if (deviceId != null) {
            next.queryParam("deviceId", "{deviceId}");
        }
        if (state != null) {
            next.queryParam("state", state);
        }
        // A template value is encoded whatever it holds; a literal one could be taken for a template itself.
        return deviceId == null
                ? next.queryParam("after", last).build()
                : next.queryParam("after", last).build(deviceId);
    }

    private static ChallengeStatus statusOf(String text) {
        return Arrays.stream(ChallengeStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest(
                        "invalid-value", "state", "one of " + Arrays.toString(ChallengeStatus.values())));
    }

    private static UUID idOf(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.badRequest("invalid-value", "after", "the id of a challenge");
        }
    }

    private static ApiException badLimit() {
        return ApiException.badRequest("invalid-value", "limit", "a number from 1 to " + LARGEST_PAGE);
    }
}
