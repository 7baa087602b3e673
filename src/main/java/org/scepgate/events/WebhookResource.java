package org.scepgate.events;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** What was delivered and what was not: {@code /api/v1/webhooks}. */
@AnsweredInTime
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Events", description = "What happened to challenges and certificates, for those who want to be told")
public class WebhookResource {
    private static final String UNKNOWN = "There is none with this name that the caller may see. Code: unknown-webhook";

    private final Webhooks webhooks;
    private final WebhookStore store;
    private final CurrentCaller caller;

    WebhookResource(Webhooks webhooks, WebhookStore store, CurrentCaller caller) {
        this.webhooks = webhooks;
        this.store = store;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listWebhooks",
            summary = "See the webhooks and how they are doing",
            description = "They are made in the server's configuration. A challenge-issuer sees those that are for its"
                    + " events alone, operators and auditors see all.")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(schema = @Schema(implementation = WebhookList.class)))
    public Uni<WebhookList> list() {
        Caller who = caller.get();
        List<Webhook> visible =
                webhooks.all().stream().filter(each -> each.isVisibleTo(who)).toList();
        return store.status(visible.stream().map(Webhook::name).toList())
                .map(found -> new WebhookList(visible.stream()
                        .map(each -> WebhookView.of(
                                each, found.getOrDefault(each.name(), WebhookStatus.untouched(each.name()))))
                        .toList()));
    }

    @GET
    @Path("{name}/deliveries")
    @RolesAllowed({Roles.CHALLENGE_ISSUER, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listDeliveries",
            summary = "List what a webhook was sent or is to be sent, newest first",
            description = "state=dead are the dead letters. Deliveries are kept as long as events.")
    @APIResponse(
            responseCode = "200",
            description = "A page; follow next to the older ones",
            content = @Content(schema = @Schema(implementation = DeliveryPage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    @APIResponse(responseCode = "404", description = UNKNOWN)
    public Uni<DeliveryPage> deliveries(@PathParam("name") String name, @BeanParam DeliveryQuery query) {
        Webhook webhook = require(name);
        return store.list(name, query.state(), query.after(), query.limit() + 1)
                .map(found -> Paging.page(
                        found, query.limit(), last -> query.nextPage(webhook.name(), last.id()), DeliveryPage::new));
    }

    @POST
    @Path("{name}/deliveries/{id}/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "replayDelivery",
            summary = "Send an event to a webhook again",
            description = "Dead or delivered: it is tried anew, as long as a new one.")
    @APIResponse(
            responseCode = "200",
            description = "It is due now",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such webhook, or the event is not one of it. Codes: unknown-webhook,"
                    + " unknown-delivery")
    public Uni<ReplayView> replay(
            @PathParam("name") String name,
            @Parameter(description = "The event's", schema = @Schema(implementation = UUID.class)) @PathParam("id")
                    String id) {
        return store.replay(require(name), idOf(id), caller.get()).map(replayed -> {
            if (replayed == 0) {
                throw unknownDelivery();
            }
            return new ReplayView(replayed);
        });
    }

    @POST
    @Path("{name}/deliveries/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "replayDeadDeliveries",
            summary = "Send all dead letters of a webhook again",
            description =
                    "The oldest " + WebhookStore.REPLAYED_AT_ONCE + " at a time: ask again until none is replayed.")
    @APIResponse(
            responseCode = "200",
            description = "They are due now",
            content = @Content(schema = @Schema(implementation = ReplayView.class)))
    @APIResponse(responseCode = "404", description = UNKNOWN)
    public Uni<ReplayView> replayDead(@PathParam("name") String name) {
        return store.replayDead(require(name), caller.get()).map(ReplayView::new);
    }

    private Webhook require(String name) {
        Caller who = caller.get();
        return webhooks.find(name)
                .filter(webhook -> webhook.isVisibleTo(who))
                .orElseThrow(() -> ApiException.notFound("unknown-webhook", "there is no such webhook"));
    }

    private static UUID idOf(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw unknownDelivery();
        }
    }

    private static ApiException unknownDelivery() {
        return ApiException.notFound("unknown-delivery", "there is no such event of this webhook");
    }
}
