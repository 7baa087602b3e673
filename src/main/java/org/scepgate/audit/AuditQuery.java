package org.scepgate.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/** The query of a list of events, as it came. */
public class AuditQuery {
    // What an id of version 7 can tell.
    private static final int FIRST_YEAR = 1971;

    @Parameter(description = "Only those of this actor: a client id, or device, or scepgate for the server itself")
    @QueryParam("actor")
    String actor;

    @Parameter(description = "Only those with this action, such as challenge.locked")
    @QueryParam("action")
    String action;

    @Parameter(description = "Only those done to this object, such as challenge/0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90")
    @QueryParam("object")
    String object;

    @Parameter(description = "Only those that ended so: success, refused, alarm")
    @QueryParam("outcome")
    String outcome;

    @Parameter(description = "Only those at this profile")
    @QueryParam("profile")
    String profile;

    @Parameter(description = "Only those from this address, as it stands in sourceAddress")
    @QueryParam("sourceAddress")
    String sourceAddress;

    @Parameter(description = "Only those at this time or later", schema = @Schema(implementation = Instant.class))
    @QueryParam("from")
    String from;

    @Parameter(description = "Only those before this time", schema = @Schema(implementation = Instant.class))
    @QueryParam("to")
    String to;

    @Parameter(
            description = "How many at most, 1 to 200; JSON lines have no limit",
            schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(
            description = "Only those that are older than the event with this id",
            schema = @Schema(implementation = UUID.class))
    @QueryParam("after")
    String after;

    AuditSearch search() {
        return new AuditSearch(
                equalTo().entrySet().stream()
                        .filter(filter -> filter.getValue() != null)
                        .map(filter -> new AuditSearch.Filter(filter.getKey(), QueryValues.text(filter.getValue())))
                        .toList(),
                QueryValues.time("from", from, FIRST_YEAR),
                QueryValues.time("to", to, FIRST_YEAR),
                Paging.after(after));
    }

    /** The search for an export, which has no pages and must have a beginning. */
    AuditSearch exported() {
        if (from == null) {
            throw ApiException.badRequest("missing-field", "from", "JSON lines need a beginning: from=TIME");
        }
        return search();
    }

    int limit() {
        return Paging.limit(limit);
    }

    URI nextPage(UUID last) {
        NextPage next = NextPage.of(AuditResource.class);
        Map<String, String> parameters = new LinkedHashMap<>();
        equalTo().forEach((filter, value) -> parameters.put(filter.parameter(), value));
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.forEach(next::parameter);
        return next.parameter("limit", limit()).after(last);
    }

    private Map<AuditSearch.Field, String> equalTo() {
        Map<AuditSearch.Field, String> filters = new LinkedHashMap<>();
        filters.put(AuditSearch.Field.ACTOR, actor);
        filters.put(AuditSearch.Field.ACTION, action);
        filters.put(AuditSearch.Field.OBJECT, object);
        filters.put(AuditSearch.Field.OUTCOME, outcome);
        filters.put(AuditSearch.Field.PROFILE, profile);
        filters.put(AuditSearch.Field.SOURCE_ADDRESS, sourceAddress);
        return filters;
    }
}
