package org.scepgate.challenge;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.idempotency.RepeatableRequest;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Roles;

/** Many challenges at once: {@code /api/v1/challenges/batch}. */
@AnsweredInTime
@Path(BatchResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Challenges")
public class BatchResource {
    static final String PATH = ChallengeResource.PATH + "/batch";

    private final BatchIssuance issuance;
    private final CurrentCaller caller;

    BatchResource(BatchIssuance issuance, CurrentCaller caller) {
        this.issuance = issuance;
        this.caller = caller;
    }

    /** Takes bytes, which a thread of the pool reads: beyond the server's buffer this runs on a worker thread. */
    @POST
    @RolesAllowed(Roles.CHALLENGE_ISSUER)
    @Operation(
            operationId = IssuingOperations.BATCH,
            summary = "Make up to 1,000 challenges at once",
            description = "One transaction, and the answer keeps the order of the items. A body that cannot be read, or"
                    + " with a field that is not there, is refused as a whole in either mode.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = BatchRequest.class),
                            examples = @ExampleObject(name = "two", value = ChallengeExamples.BATCH)))
    @APIResponse(
            responseCode = "201",
            description = "All are made",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @APIResponse(
            responseCode = "207",
            description = "Per item: some or all were refused, each with its problem",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it, such as items[3].subject. Codes:"
                    + " malformed-json, unknown-field, wrong-type, missing-field, invalid-value, unknown-profile, profile-asks-elsewhere,"
                    + " ttl-out-of-range, invalid-binding, idempotency-not-configured")
    public Uni<Response> create(@Context HttpHeaders headers, byte[] body) {
        List<String> keys = headers.getRequestHeader(RepeatableRequest.HEADER);
        return issuance.issue(body, RepeatableRequest.key(keys), caller.get()).map(GivenAnswer::response);
    }
}
