package org.scepgate.events;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Paging;

/** The query of a list of deliveries, as it came. */
public class DeliveryQuery {
    @Parameter(
            description = "Only those in this state: pending, delivered, dead",
            schema = @Schema(implementation = DeliveryState.class))
    @QueryParam("state")
    String state;

    @Parameter(description = "How many at most, 1 to 200", schema = @Schema(implementation = Integer.class))
    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    @Parameter(
            description = "Only those of events older than the one with this id",
            schema = @Schema(implementation = UUID.class))
    @QueryParam("after")
    String after;

    Optional<DeliveryState> state() {
        try {
            return Optional.ofNullable(state)
                    .map(text -> text.toUpperCase(Locale.ROOT))
                    .map(DeliveryState::valueOf);
        } catch (IllegalArgumentException unknown) {
            throw ApiException.badRequest("invalid-value", "state", "one of pending, delivered, dead");
        }
    }

    int limit() {
        return Paging.limit(limit);
    }

    Optional<UUID> after() {
        return Paging.after(after);
    }

    URI nextPage(String webhook, UUID last) {
        UriBuilder address = UriBuilder.fromResource(WebhookResource.class)
                .path(webhook)
                .path("deliveries")
                .queryParam("limit", limit())
                .queryParam("after", last);
        return (state == null ? address : address.queryParam("state", state().orElseThrow())).build();
    }
}
