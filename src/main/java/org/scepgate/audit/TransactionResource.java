package org.scepgate.audit;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Paging;
import org.scepgate.platform.Roles;

/** Why a device fails: {@code /api/v1/transactions}. */
@AnsweredInTime
@Path("/api/v1/transactions")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Transactions", description = "What devices sent, and what was decided and answered")
public class TransactionResource {
    private final TransactionStore transactions;

    TransactionResource(TransactionStore transactions) {
        this.transactions = transactions;
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "getTransaction",
            summary = "See a SCEP transaction step by step",
            description =
                    "Devices choose the transactionID themselves: one id may stand for the transactions of several"
                            + " devices, or for many of one.")
    @APIResponse(
            responseCode = "200",
            description = "A page of its steps, newest first; follow next to the older ones",
            content = @Content(schema = @Schema(implementation = TransactionView.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    @APIResponse(
            responseCode = "404",
            description = "Nothing is known of this transactionID. Code: unknown-transaction")
    public Uni<TransactionView> get(
            @Parameter(
                            description = "SCEP's transactionID, URL-encoded",
                            schema = @Schema(implementation = String.class))
                    @PathParam("id")
                    String id,
            @BeanParam TransactionQuery query) {
        return transactions.find(query.search(id)).map(found -> view(id, query, found));
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "findTransaction",
            summary = "See a SCEP transaction whatever its id",
            description = "The same for every transactionID, also for those that no path can hold: . and ..")
    @APIResponse(
            responseCode = "200",
            description = "A page of its steps, newest first; follow next to the older ones",
            content = @Content(schema = @Schema(implementation = TransactionView.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong or missing; field names it. Codes: missing-field, invalid-value")
    @APIResponse(
            responseCode = "404",
            description = "Nothing is known of this transactionID. Code: unknown-transaction")
    public Uni<TransactionView> find(
            @Parameter(
                            required = true,
                            description = "SCEP's transactionID, URL-encoded",
                            schema = @Schema(implementation = String.class))
                    @QueryParam("id")
                    String id,
            @BeanParam TransactionQuery query) {
        return get(id, query);
    }

    private static TransactionView view(String id, TransactionQuery query, List<EventView> found) {
        if (found.isEmpty()) {
            throw ApiException.notFound("unknown-transaction", "nothing is known of this transactionID");
        }
        return Paging.page(
                found,
                query.limit(),
                last -> query.nextPage(id, last.id()),
                (steps, next) -> new TransactionView(id, steps, next));
    }
}
