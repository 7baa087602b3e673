package org.scepgate.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some deliveries, newest first, and where the older ones are. */
@Schema(description = "Deliveries of a webhook, newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryPage(
        List<DeliveryView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
