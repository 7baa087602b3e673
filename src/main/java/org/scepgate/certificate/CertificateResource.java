package org.scepgate.certificate;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.Roles;

/** The inventory: {@code /api/v1/certificates}. */
@AnsweredInTime
@Path("/api/v1/certificates")
@NonBlocking
@Tag(name = "Certificates", description = "What was issued, and its revocation")
public class CertificateResource {
    static final String SERIAL = "Serial number in hex";
    static final String CA = "The CA's name; needed only where several CAs have this serial number";
    private static final String PEM = "application/x-pem-file";
    private static final String DER = "application/pkix-cert";
    // Who accepts anything gets JSON.
    private static final String LAST_CHOICE = ";qs=0.5";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final InventoryService inventory;

    CertificateResource(InventoryService inventory) {
        this.inventory = inventory;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listCertificates",
            summary = "List certificates",
            description =
                    "Newest first; with state, expiresAfter or expiresBefore the latest end first, and with subject"
                            + " or san the last name first. Names are found whole or by their start, never by a part in the"
                            + " middle. A page looks at a thousand certificates at most and may hold fewer than limit, or none:"
                            + " the list ends where there is no next. With Accept: text/csv the same page as comma-separated"
                            + " values; the header Link leads to the next one.")
    @APIResponse(
            responseCode = "200",
            description = "A page; follow next to the older ones",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CertificatePage.class)),
                @Content(mediaType = CertificateCsv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "400", description = "A parameter is wrong; field names it. Code: invalid-value")
    public Uni<CertificatePage> list(@BeanParam InventoryQuery query) {
        return inventory.list(query.search()).map(found -> page(query, found));
    }

    @GET
    @Produces(CertificateCsv.MEDIA_TYPE + LAST_CHOICE)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(hidden = true)
    public Uni<Response> csv(@BeanParam InventoryQuery query) {
        return inventory
                .list(query.search())
                .map(found -> page(query, found))
                .map(page -> Response.ok(CertificateCsv.of(page.items()))
                        .header(HttpHeaders.CONTENT_TYPE, CertificateCsv.MEDIA_TYPE + "; charset=utf-8; header=present")
                        .header(HttpHeaders.LINK, page.next() == null ? null : "<" + page.next() + ">; rel=\"next\"")
                        .build());
    }

    @GET
    @Path("{serial}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "getCertificate",
            summary = "See a certificate",
            description =
                    "The certificate itself with Accept: application/x-pem-file (PEM) or application/pkix-cert (DER).")
    @APIResponse(
            responseCode = "200",
            description = "The certificate",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CertificateView.class)),
                @Content(mediaType = PEM, schema = @Schema(implementation = String.class)),
                @Content(mediaType = DER, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(responseCode = "404", description = "There is none with this serial number. Code: unknown-certificate")
    @APIResponse(responseCode = "409", description = "Several CAs have it. Code: ambiguous-serial")
    public Uni<CertificateView> get(
            @Parameter(description = SERIAL) @PathParam("serial") String serial,
            @Parameter(description = CA) @QueryParam("ca") String ca) {
        return inventory.require(serial, ca);
    }

    @GET
    @Path("{serial}")
    @Produces(PEM + LAST_CHOICE)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(hidden = true)
    public Uni<Response> pem(@PathParam("serial") String serial, @QueryParam("ca") String ca) {
        return inventory.requireDer(serial, ca).map(der -> answer(pem(der), PEM));
    }

    @GET
    @Path("{serial}")
    @Produces(DER + LAST_CHOICE)
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(hidden = true)
    public Uni<Response> der(@PathParam("serial") String serial, @QueryParam("ca") String ca) {
        return inventory.requireDer(serial, ca).map(der -> answer(der, DER));
    }

    private static CertificatePage page(InventoryQuery query, FoundCertificates found) {
        return new CertificatePage(
                found.certificates(), found.next().map(query::nextPage).orElse(null));
    }

    private static Response answer(Object body, String mediaType) {
        return Response.ok(body).header(HttpHeaders.CONTENT_TYPE, mediaType).build();
    }

    private static String pem(byte[] der) {
        String body = new String(LINES.encode(der), StandardCharsets.US_ASCII);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
