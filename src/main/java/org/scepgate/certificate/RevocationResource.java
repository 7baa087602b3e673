package org.scepgate.certificate;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CurrentCaller;
import org.scepgate.platform.Roles;

/** Revocation of what is in the inventory; the certificates of CA and RA are not. */
@AnsweredInTime
@Path("/api/v1/certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Certificates", description = "What was issued, and its revocation")
public class RevocationResource {
    private static final String REVOKE = """
            {"reason": "keyCompromise", "comment": "Ticket 4711"}""";
    private static final String HOLD = """
            {"reason": "certificateHold"}""";
    private static final String UNHOLD = """
            {"comment": "Found again"}""";
    private static final String LOST = """
            {"deviceId": "42", "reason": "keyCompromise", "comment": "Left in a train"}""";

    private final RevocationService revocations;
    private final CurrentCaller caller;

    RevocationResource(RevocationService revocations, CurrentCaller caller) {
        this.revocations = revocations;
        this.caller = caller;
    }

    @POST
    @Path("{serial}/revoke")
    @Operation(
            operationId = "revokeCertificate",
            summary = "Revoke a certificate",
            description =
                    "CRL and OCSP tell it within seconds; it renews no more. Done as well if it was revoked before:"
                            + " the first reason stands, unless it was certificateHold.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = RevokeRequest.class),
                            examples = {
                                @ExampleObject(name = "for good", value = REVOKE),
                                @ExampleObject(name = "until further notice", value = HOLD)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The certificate",
            content = @Content(schema = @Schema(implementation = CertificateView.class)))
    @APIResponse(responseCode = "404", description = "There is none with this serial number. Code: unknown-certificate")
    @APIResponse(responseCode = "409", description = "Several CAs have it. Code: ambiguous-serial")
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value")
    public Uni<CertificateView> revoke(
            @Parameter(description = CertificateResource.SERIAL) @PathParam("serial") String serial,
            @Parameter(description = CertificateResource.CA) @QueryParam("ca") String ca,
            RevokeRequest request) {
        return revocations.revoke(serial, ca, revocations.order(ApiException.requireBody(request), caller.get()));
    }

    @POST
    @Path("{serial}/unhold")
    @Operation(
            operationId = "unholdCertificate",
            summary = "Take a certificate from hold",
            description = "The next CRL does not name it any more. Done as well if it is valid.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = UnholdRequest.class),
                            examples = @ExampleObject(name = "found", value = UNHOLD)))
    @APIResponse(
            responseCode = "200",
            description = "The certificate",
            content = @Content(schema = @Schema(implementation = CertificateView.class)))
    @APIResponse(responseCode = "404", description = "There is none with this serial number. Code: unknown-certificate")
    @APIResponse(
            responseCode = "409",
            description =
                    "It is revoked for good, or several CAs have it. Codes: certificate-revoked, ambiguous-serial")
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value")
    public Uni<CertificateView> unhold(
            @Parameter(description = CertificateResource.SERIAL) @PathParam("serial") String serial,
            @Parameter(description = CertificateResource.CA) @QueryParam("ca") String ca,
            UnholdRequest request) {
        Optional<String> comment = Optional.ofNullable(request).flatMap(UnholdRequest::checkedComment);
        return revocations.unhold(serial, ca, comment, caller.get());
    }

    @POST
    @Path("revoke")
    @Operation(
            operationId = "revokeDevice",
            summary = "Revoke all certificates of a device",
            description = "Those in date, of all CAs, and all of it or nothing. Its open challenges are taken back too,"
                    + " and with them requests that wait for approval. Done as well if there is nothing to do. After a 503"
                    + " it may have been done: asked again, it names what was left to do.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = LostDeviceRequest.class),
                            examples = @ExampleObject(name = "lost", value = LOST)))
    @APIResponse(
            responseCode = "200",
            description = "What was done",
            content = @Content(schema = @Schema(implementation = LostDeviceView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something in the body is wrong; field names it. Codes: malformed-json, unknown-field,"
                    + " wrong-type, missing-field, invalid-value")
    public Uni<LostDeviceView> revokeDevice(LostDeviceRequest request) {
        String deviceId = ApiException.requireBody(request).requireDeviceId();
        return revocations.revokeDevice(deviceId, revocations.order(request.revocation(), caller.get()));
    }
}
