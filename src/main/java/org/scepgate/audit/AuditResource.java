package org.scepgate.audit;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** Who did what: {@code /api/v1/audit}. */
@AnsweredInTime
@Path("/api/v1/audit")
@NonBlocking
@Tag(name = "Audit", description = "Who did what to what, and how it ended")
public class AuditResource {
    private static final String JSON_LINES = "application/x-ndjson";
    // Who accepts anything gets a page.
    private static final String SECOND_CHOICE = JSON_LINES + ";qs=0.5";

    private final AuditStore events;

    AuditResource(AuditStore events) {
        this.events = events;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listAuditEvents",
            summary = "List events of the audit log, newest first",
            description = "Filters are compared whole and together. With Accept: application/x-ndjson all events since"
                    + " from, one a line, without pages; limit is not looked at then, and from is needed. Should"
                    + " something fail on the way, the connection ends without the last chunk.")
    @APIResponse(
            responseCode = "200",
            description = "A page; follow next to the older ones",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AuditPage.class)),
                @Content(mediaType = JSON_LINES, schema = @Schema(implementation = EventView.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong or missing; field names it. Codes: invalid-value, missing-field")
    public Uni<AuditPage> list(@BeanParam AuditQuery query) {
        // One more than a page holds, which shows whether there is a next page.
        return events.find(query.search(), query.limit() + 1)
                .map(found -> Paging.page(found, query.limit(), last -> query.nextPage(last.id()), AuditPage::new));
    }

    @GET
    @Produces(SECOND_CHOICE)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(hidden = true)
    public Multi<EventView> export(@BeanParam AuditQuery query) {
        return events.stream(query.exported());
    }
}
