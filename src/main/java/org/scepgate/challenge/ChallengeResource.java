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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.scepgate.challenge.ChallengeView.Extras;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** The challenge API: {@code /api/v1/challenges}. */
@AnsweredInTime
@Path("/api/v1/challenges")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Challenges", description = "One-time challenges, bound to what a device must ask for")
public class ChallengeResource {
    private final ChallengeService challenges;
    private final CurrentCaller caller;

    ChallengeResource(ChallengeService challenges, CurrentCaller caller) {
        this.challenges = challenges;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.CHALLENGE_ISSUER)
    @Operation(
            operationId = "createChallenge",
            summary = "Make a challenge",
            description = "The answer is the only one that holds the challenge itself.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = ChallengeView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value, unknown-profile, ttl-out-of-range, invalid-binding")
    @APIResponse(
            responseCode = "403",
            description = "The token carries no role that allows this, or the client may not have this challenge; field"
                    + " names what. Codes: forbidden, unknown-client, profile-not-allowed, name-not-allowed")
    @APIResponse(
            responseCode = "429",
            description = "The client asks too often or has too many open challenges."
                    + " Codes: rate-limited, quota-exceeded")
    public Uni<RestResponse<ChallengeView>> create(ChallengeRequest request) {
        if (request == null) {
            throw ApiException.badRequest("malformed-json", null, "the body has to be one JSON object");
        }
        return challenges.issue(request.toNewChallenge(), caller.get()).map(this::created);
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

    private RestResponse<ChallengeView> created(IssuedChallenge issued) {
        Challenge challenge = issued.challenge();
        return RestResponse.ResponseBuilder.<ChallengeView>created(UriBuilder.fromResource(ChallengeResource.class)
                        .path("{id}")
                        .build(challenge.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ChallengeView.of(
                        challenge, issued.offer(), challenge.createdAt(), new Extras(issued.secret(), null)))
                .build();
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

    private static UUID idOf(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.notFound("unknown-challenge", "there is no such challenge");
        }
    }
}
