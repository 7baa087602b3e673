package org.scepgate.challenge;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.challenge.ChallengeView.Extras;
import org.scepgate.payload.AppleProfile;
import org.scepgate.payload.WindowsProfile;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Roles;

/** A second secret or more time for a device: {@code /api/v1/challenges/{id}/reissue} and {@code extend}. */
@AnsweredInTime
@Path(ChallengeResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Challenges")
public class ReissueResource {
    private static final String UNKNOWN = "There is none with this id that the caller may see. Code: unknown-challenge";

    private final ChallengeService challenges;
    private final Issuance issuance;
    private final CurrentCaller caller;

    ReissueResource(ChallengeService challenges, Issuance issuance, CurrentCaller caller) {
        this.challenges = challenges;
        this.issuance = issuance;
        this.caller = caller;
    }

    @POST
    @Path("{id}/reissue")
    @Produces({MediaType.APPLICATION_JSON, AppleProfile.MEDIA_TYPE, WindowsProfile.MEDIA_TYPE})
    @RolesAllowed(Roles.CHALLENGE_ISSUER)
    @Operation(
            operationId = IssuingOperations.REISSUE,
            summary = "Make a challenge in place of another",
            description = "For a device that was wiped: a new secret for the same names and the same device, as far as"
                    + " the profile still allows them. The old challenge is taken back unless it is redeemed. What was"
                    + " issued for it, and renewed since, stays valid unless the body says to revoke it, which then"
                    + " happens at once. A challenge is replaced once.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ReissueRequest.class),
                            examples = {
                                @ExampleObject(name = "revoked", value = ChallengeExamples.REISSUE),
                                @ExampleObject(name = "superseded", value = ChallengeExamples.SUPERSEDE)
                            }))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ChallengeView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the request is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, invalid-value, unknown-profile, profile-asks-elsewhere, ttl-out-of-range,"
                    + " invalid-binding,"
                    + " not-expressible, idempotency-not-configured")
    @APIResponse(responseCode = "404", description = UNKNOWN)
    @APIResponse(
            responseCode = "409",
            description = "Another one stands in its place already, or the answer to this Idempotency-Key is lost."
                    + " Codes: challenge-replaced, idempotency-answer-lost")
    public Uni<Response> reissue(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id,
            @BeanParam IssueOptions options,
            ReissueRequest request) {
        return challenges
                .require(ChallengeResource.idOf(id), caller.get())
                .chain(old -> issuance.reissue(
                        old, request == null ? ReissueRequest.NOTHING : request, options, caller.get()))
                .map(GivenAnswer::response);
    }

    @POST
    @Path("{id}/extend")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR})
    @Operation(
            operationId = "extendChallenge",
            summary = "Give a challenge more time",
            description = "Also if it has expired. It never gets less time than it has.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ExtendRequest.class),
                            examples = @ExampleObject(name = "four hours", value = ChallengeExamples.EXTEND)))
    @APIResponse(
            responseCode = "200",
            description = "The challenge with its new end",
            content = @Content(schema = @Schema(implementation = ChallengeView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value, ttl-out-of-range")
    @APIResponse(responseCode = "404", description = UNKNOWN)
    @APIResponse(
            responseCode = "409",
            description = "It is over for another reason, or its profile is gone. Codes: challenge-redeemed,"
                    + " challenge-cancelled, challenge-locked, unknown-profile")
    public Uni<ChallengeView> extend(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id,
            ExtendRequest request) {
        ApiException.requireBody(request);
        Duration timeToLive = request.requireTtl();
        return challenges
                .extend(ChallengeResource.idOf(id), timeToLive, caller.get())
                .map(challenge -> ChallengeView.of(
                        challenge, challenges.offerOf(challenge).orElse(null), challenges.now(), Extras.NONE));
    }
}
