package org.scepgate.approval;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** The approval API: {@code /api/v1/requests}. */
@AnsweredInTime
@Path("/api/v1/requests")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Requests", description = "Requests that wait for approval")
public class ApprovalResource {
    private static final String APPROVE = """
            {"reason": "Seen on ticket 4711"}""";
    private static final String DENY = """
            {"reason": "Nobody knows this device"}""";

    private final ApprovalService approvals;
    private final CurrentCaller caller;

    ApprovalResource(ApprovalService approvals, CurrentCaller caller) {
        this.approvals = approvals;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listRequests", summary = "List requests that wait or waited, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page; follow next to the older ones",
            content = @Content(schema = @Schema(implementation = HeldPage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    public Uni<HeldPage> list(@BeanParam HeldQuery query) {
        return approvals.list(query.search()).map(found -> page(query, found));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getRequest", summary = "See what a request asks for and what became of it")
    @APIResponse(
            responseCode = "200",
            description = "The request",
            content = @Content(schema = @Schema(implementation = HeldView.class)))
    @APIResponse(responseCode = "404", description = "There is none with this id. Code: unknown-request")
    public Uni<HeldView> get(@Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id) {
        return approvals.require(idOf(id)).map(this::view);
    }

    @POST
    @Path("{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "approveRequest",
            summary = "Let a request have its certificate",
            description =
                    "Signs it now, by the profile as it is now; its device finds the certificate at its next poll."
                            + " Done as well if it was approved before.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = RulingRequest.class),
                            examples = @ExampleObject(name = "seen", value = APPROVE)))
    @APIResponse(
            responseCode = "200",
            description = "The request, with the serial number of its certificate",
            content = @Content(schema = @Schema(implementation = HeldView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value")
    @APIResponse(responseCode = "404", description = "There is none with this id. Code: unknown-request")
    @APIResponse(
            responseCode = "409",
            description = "It was denied, it expired, or the policy refuses it by now. Codes: request-denied,"
                    + " request-expired, request-refused, request-changed")
    public Uni<HeldView> approve(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id,
            RulingRequest request) {
        return decide(id, Ruling.Kind.APPROVED, request);
    }

    @POST
    @Path("{id}/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "denyRequest",
            summary = "Refuse a request",
            description =
                    "Its challenge, if it has one, cannot be used any more. Done as well if it was denied before.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = RulingRequest.class),
                            examples = @ExampleObject(name = "unknown", value = DENY)))
    @APIResponse(
            responseCode = "200",
            description = "The request",
            content = @Content(schema = @Schema(implementation = HeldView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value")
    @APIResponse(responseCode = "404", description = "There is none with this id. Code: unknown-request")
    @APIResponse(
            responseCode = "409",
            description = "It was approved, or it expired. Codes: request-approved, request-expired")
    public Uni<HeldView> deny(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id,
            RulingRequest request) {
        return decide(id, Ruling.Kind.DENIED, request);
    }

    private Uni<HeldView> decide(String id, Ruling.Kind kind, RulingRequest request) {
        ApiException.requireBody(request);
        Caller operator = caller.get();
        Ruling ruling = new Ruling(kind, operator.id(), request.requireReason(), approvals.now());
        return approvals.decide(idOf(id), ruling, operator).map(this::view);
    }

    private HeldPage page(HeldQuery query, List<HeldRequest> found) {
        Instant now = approvals.now();
        return Paging.page(
                found,
                query.limit(),
                last -> query.nextPage(last.id()),
                (items, next) -> new HeldPage(
                        items.stream().map(held -> HeldView.of(held, now)).toList(), next));
    }

    private HeldView view(HeldRequest held) {
        return HeldView.of(held, approvals.now());
    }

    private static UUID idOf(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.notFound("unknown-request", "there is no such request");
        }
    }
}
