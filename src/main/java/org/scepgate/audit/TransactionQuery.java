package org.scepgate.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/** The query for a transaction, as it came. */
public class TransactionQuery {
    @Parameter(description = "Only what happened at this profile")
    @QueryParam("profile")
    String profile;

    @Parameter(description = "How many at most, 1 to 200", schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(
            description = "Only those that are older than the event with this id",
            schema = @Schema(implementation = UUID.class))
    @QueryParam("after")
    String after;

    /** One more than a page holds, which shows whether there is a next page. */
    TransactionSearch search(String id) {
        if (id == null || id.isEmpty()) {
            throw ApiException.badRequest("missing-field", "id", "a transactionID is required");
        }
        return new TransactionSearch(
                QueryValues.text(id),
                Optional.ofNullable(profile).map(QueryValues::text),
                Paging.after(after),
                limit() + 1);
    }

    int limit() {
        return Paging.limit(limit);
    }

    URI nextPage(String id, UUID last) {
        return NextPage.of(TransactionResource.class)
                .parameter("id", id)
                .parameter("profile", profile)
                .parameter("limit", limit())
                .after(last);
    }
}
