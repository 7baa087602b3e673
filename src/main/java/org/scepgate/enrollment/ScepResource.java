package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;
import org.scepgate.scep.GetMessage;
import org.scepgate.scep.MalformedMessageException;

/** SCEP over HTTP (RFC 8894 section 4): finds the profile and the operation, and nothing else. */
@AnsweredInTime
@Path("/scep/{profile}")
public class ScepResource {
    // Exactly these, without a charset: certmonger, Apple and FleetDM compare the whole header (clients.md 4).
    static final String NEXT_CA_CERTIFICATES = "application/x-x509-next-ca-cert";
    static final String PKI_MESSAGE = "application/x-pki-message";
    static final String TEXT = "text/plain";

    private final Profiles profiles;
    private final EnrollmentService enrollment;
    private final Clock clock;

    public ScepResource(Profiles profiles, EnrollmentService enrollment, Clock clock) {
        this.clock = clock;
        this.profiles = profiles;
        this.enrollment = enrollment;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> get(@PathParam("profile") String profile, @Context HttpServerRequest http)
            throws MalformedMessageException {
        ScepEndpoint endpoint = profiles.require(profile);
        Published published = endpoint.published();
        ScepOperation operation = ScepOperation.ofGet(http.query());
        requireSafe(operation, http);
        return switch (operation) {
            case GET_CA_CAPS -> answer(published.caCapabilities().getBytes(StandardCharsets.US_ASCII), TEXT);
            case GET_CA_CERT -> answer(requireInDate(endpoint).caCertificates(), published.caCertificatesType());
            case GET_NEXT_CA_CERT -> answer(requireNext(published), NEXT_CA_CERTIFICATES);
            case PKI_OPERATION -> pkiOperation(endpoint, GetMessage.decode(http.query()), http);
        };
    }

    @POST
    @Operation(hidden = true)
    public Uni<Response> post(@PathParam("profile") String profile, @Context HttpServerRequest http, byte[] message) {
        ScepEndpoint endpoint = profiles.require(profile);
        ScepOperation.requirePost(http.query());
        return pkiOperation(endpoint, message, http);
    }

    /** RFC 9110 section 9.2.1: a HEAD changes nothing, and a PKIOperation spends a challenge. */
    private static void requireSafe(ScepOperation operation, HttpServerRequest http) {
        if (operation == ScepOperation.PKI_OPERATION && http.method() == HttpMethod.HEAD) {
            throw new NotAllowedException("GET", new String[] {"POST"});
        }
    }

    private Uni<Response> pkiOperation(ScepEndpoint endpoint, byte[] message, HttpServerRequest http) {
        Sender sender = new Sender(
                http.remoteAddress().hostAddress(),
                Optional.ofNullable(http.getHeader(HttpHeaders.USER_AGENT)),
                System.nanoTime());
        return enrollment
                .answer(endpoint, message, sender)
                .map(certRep -> Response.ok(certRep)
                        .header(HttpHeaders.CONTENT_TYPE, PKI_MESSAGE)
                        // RFC 8894 section 4.1 warns of caches between device and server.
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    private Published requireInDate(ScepEndpoint endpoint) {
        endpoint.requireInDate(endpoint.responders().get(0), clock.instant());
        return endpoint.published();
    }

    private static byte[] requireNext(Published published) {
        return published
                .nextCaCertificates()
                .orElseThrow(() -> ApiException.notFound("scep.no-next-ca", "this CA does not roll over yet"));
    }

    private static Uni<Response> answer(byte[] body, String contentType) {
        return Uni.createFrom()
                .item(Response.ok(body)
                        .header(HttpHeaders.CONTENT_TYPE, contentType)
                        .build());
    }
}
