package org.scepgate.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.NextPage;
import org.scepgate.platform.Paging;

/** The query of a list of events, as it came. */
public class AuditQuery {
    // What an id of version 7 can tell, and PostgreSQL keeps.
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

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
                        .map(filter -> new AuditSearch.Filter(filter.getKey(), sound(filter.getValue())))
                        .toList(),
                time("from", from),
                time("to", to),
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

    /** PostgreSQL takes no U+0000 as text; what has one is found nowhere, and that is the answer. */
    private static String sound(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Optional<Instant> time(String field, String text) {
        try {
            Optional<OffsetDateTime> time = Optional.ofNullable(text).map(OffsetDateTime::parse);
            if (time.filter(read -> read.getYear() <= FIRST_YEAR || read.getYear() > LAST_YEAR)
                    .isPresent()) {
                throw badTime(field);
            }
            return time.map(OffsetDateTime::toInstant);
        } catch (DateTimeException unreadable) {
            throw badTime(field);
        }
    }

    private static ApiException badTime(String field) {
        return ApiException.badRequest("invalid-value", field, "a time such as 2026-12-24T18:00:00Z");
    }
}
