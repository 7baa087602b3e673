package org.scepgate.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some events, newest first, and where the older ones are. */
@Schema(description = "Events of the audit log, newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditPage(
        List<EventView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
