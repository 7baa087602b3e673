package org.scepgate.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event on its way to a webhook. */
@Schema(name = "Delivery", description = "An event on its way to a webhook")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
        @Schema(description = "The event's") UUID id,

        @Schema(examples = "certificate.issued") String type,

        @Schema(description = "When it happened") Instant time,

        DeliveryState state,

        @Schema(description = "How often it was tried, since it was sent again if it was")
        int attempts,

        Instant queuedAt,

        @Schema(description = "Not before; later while the receiver is failing")
        Instant nextAttemptAt,

        Instant lastAttemptAt,

        @Schema(description = "HTTP status of the last answer", examples = "500")
        Integer lastStatus,

        @Schema(examples = "the receiver answered 500") String lastError,

        @Schema(implementation = Event.class, description = "What is sent") @JsonRawValue
        String event) {}
