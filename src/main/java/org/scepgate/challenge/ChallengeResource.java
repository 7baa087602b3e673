package org.scepgate.challenge;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.scepgate.challenge.ChallengeView.Extras;
import org.scepgate.payload.AppleProfile;
import org.scepgate.payload.WindowsProfile;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** The challenge API: {@code /api/v1/challenges}. */
@AnsweredInTime
@Path(ChallengeResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Challenges", description = "One-time challenges, bound to what a device must ask for")
public class ChallengeResource {
    static final String PATH = "/api/v1/challenges";

    private final ChallengeService challenges;
    private final Issuance issuance;
    private final CurrentCaller caller;

    ChallengeResource(ChallengeService challenges, Issuance issuance, CurrentCaller caller) {
        this.challenges = challenges;
        this.issuance = issuance;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, AppleProfile.MEDIA_TYPE, WindowsProfile.MEDIA_TYPE})
    @RolesAllowed(Roles.CHALLENGE_ISSUER)
    @Operation(
            operationId = IssuingOperations.CREATE,
            summary = "Make a challenge",
            description = "The answer is the only one that holds the challenge itself: as JSON, or as a profile that a"
                    + " device takes as it is.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ChallengeRequest.class),
                            examples = {
                                @ExampleObject(name = "names", value = ChallengeExamples.NAMES),
                                @ExampleObject(name = "narrowed", value = ChallengeExamples.NARROWED),
                                @ExampleObject(name = "pattern", value = ChallengeExamples.PATTERN)
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
                    + " wrong-type, missing-field, invalid-value, unknown-profile, profile-asks-elsewhere,"
                    + " ttl-out-of-range, invalid-binding,"
                    + " not-expressible, idempotency-not-configured")
    public Uni<Response> create(@BeanParam IssueOptions options, ChallengeRequest request) {
        ApiException.requireBody(request);
        return issuance.issue(request, options, caller.get()).map(GivenAnswer::response);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "getChallenge",
            summary = "See what became of a challenge",
            description = "A challenge-issuer sees its own, operators and auditors see all.")
    @APIResponse(
            responseCode = "200",
            description = "The challenge, with the enrolments that were refused",
            content = @Content(schema = @Schema(implementation = ChallengeView.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is none with this id that the caller may see. Code: unknown-challenge")
    public Uni<ChallengeView> get(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id) {
        return challenges
                .require(idOf(id), caller.get())
                .chain(challenge ->
                        challenges.refusalsOf(challenge).map(refusals -> view(challenge, new Extras(null, refusals))));
    }

    @GET
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listChallenges",
            summary = "List challenges, newest first",
            description = "A challenge-issuer sees its own, operators and auditors see all.")
    @APIResponse(
            responseCode = "200",
            description = "A page; follow next to the older ones",
            content = @Content(schema = @Schema(implementation = ChallengePage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    public Uni<ChallengePage> list(@BeanParam ChallengeQuery query) {
        return challenges.list(query.searchFor(caller.get())).map(found -> page(query, found));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR})
    @Operation(
            operationId = "cancelChallenge",
            summary = "Take a challenge back",
            description = "Done as well if it was cancelled before. A request that waits with it is denied."
                    + " A challenge-issuer cancels its own, operators any.")
    @APIResponse(responseCode = "204", description = "It cannot be used any more")
    @APIResponse(
            responseCode = "404",
            description = "There is none with this id that the caller may see. Code: unknown-challenge")
    @APIResponse(responseCode = "409", description = "A certificate was issued for it. Code: challenge-redeemed")
    public Uni<Void> cancel(@Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id) {
        return challenges.cancel(idOf(id), caller.get());
    }

    private ChallengePage page(ChallengeQuery query, List<Challenge> found) {
        return Paging.page(
                found,
                query.limit(),
                last -> query.nextPage(last.id()),
                (items, next) -> new ChallengePage(
                        items.stream()
                                .map(challenge -> view(challenge, Extras.NONE))
                                .toList(),
                        next));
    }

    private ChallengeView view(Challenge challenge, Extras extras) {
        return ChallengeView.of(challenge, challenges.offerOf(challenge).orElse(null), challenges.now(), extras);
    }

    static UUID idOf(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.notFound("unknown-challenge", "there is no such challenge");
        }
    }
}
