package org.scepgate.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happened in one SCEP transaction, newest first, and where the older steps are. */
@Schema(name = "Transaction", description = "The exchanges of one SCEP transaction, newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionView(
        @Schema(examples = "7XXEY-ERLPU-2JDR9") String transactionId,

        List<EventView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
