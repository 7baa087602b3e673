package org.scepgate.mdm.jamf;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.challenge.AdapterOrder;
import org.scepgate.challenge.ChallengeService;
import org.scepgate.challenge.IssuedChallenge;
import org.scepgate.challenge.NewChallenge;
import org.scepgate.mdm.AccountCheck;
import org.scepgate.mdm.NameTemplate;
import org.scepgate.mdm.jamf.Webhooks.Webhook;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CallerId;

/** Answers the webhook SCEPChallenge with a challenge, and nothing else. */
@AnsweredInTime
@Path("/mdm/jamf/{profile}/challenge")
@NonBlocking
public class ChallengeWebhookResource {
    private final Webhooks webhooks;
    private final AccountCheck accounts;
    private final ChallengeService challenges;
    private final ObjectMapper json;

    ChallengeWebhookResource(Webhooks webhooks, AccountCheck accounts, ChallengeService challenges, ObjectMapper json) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.challenges = challenges;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Response> challenge(@PathParam("profile") String profile, @Context HttpServerRequest http, byte[] body) {
        Webhook webhook = webhooks.require(profile);
        return accounts.admits(webhook.account(), http)
                .chain(admitted -> admitted
                        ? issue(webhook, body, AccountCheck.sourceOf(http))
                        : Uni.createFrom().item(AccountCheck.unauthorized()));
    }

    private Uni<Response> issue(Webhook webhook, byte[] body, String source) {
        WebhookMessage message = WebhookMessage.of(body, json);
        NewChallenge asked = new NewChallenge(
                webhook.profile(),
                webhook.names().filled(message.content()),
                webhook.timeToLive(),
                webhook.deviceId().map(text -> NameTemplate.filled(text, message.content())));
        Caller caller = new Caller(CallerId.ofAdapter("jamf", webhook.profile()), Set.of(), source);
        return challenges
                .issue(new AdapterOrder(asked, caller, OptionalInt.empty(), OptionalInt.empty()))
                .map(ChallengeWebhookResource::answer);
    }

    /** Jamf takes the whole body for the challenge, a line end too. */
    private static Response answer(IssuedChallenge issued) {
        return Response.ok(issued.secret().value().getBytes(StandardCharsets.US_ASCII))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
