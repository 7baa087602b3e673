package org.scepgate.approval;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/** The query of a list of waiting requests, as it came. */
public class HeldQuery {
    @Parameter(
            description = "Only those in this state, in any case",
            schema = @Schema(implementation = HeldStatus.class))
    @QueryParam("state")
    String state;

    @Parameter(description = "Only those of this profile")
    @QueryParam("profile")
    String profile;

    @Parameter(description = "How many at most, 1 to 200", schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(
            description = "Only those that came in before the request with this id",
            schema = @Schema(implementation = UUID.class))
    @QueryParam("after")
    String after;

    /** One more than a page holds, which shows whether there is a next page. */
    HeldSearch search() {
        return new HeldSearch(
                Optional.ofNullable(state)
                        .map(text -> QueryValues.oneOf(HeldStatus.values(), "state", text.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(profile).map(QueryValues::text),
                Paging.after(after),
                limit() + 1);
    }

    int limit() {
        return Paging.limit(limit);
    }

    URI nextPage(UUID last) {
        return NextPage.of(ApprovalResource.class)
                .parameter("state", state)
                .parameter("profile", profile)
                .parameter("limit", limit())
                .after(last);
    }
}
