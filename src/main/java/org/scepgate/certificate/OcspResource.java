package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Sha256;

/** OCSP over HTTP (RFC 6960 appendix A, RFC 5019) for everybody: {@code /ocsp/{ca}}. */
@Path("/ocsp/{ca}")
public class OcspResource {
    private static final String MEDIA_TYPE = "application/ocsp-response";
    private static final byte[] NO_REQUEST = {};

    private final OcspService ocsp;

    OcspResource(OcspService ocsp) {
        this.ocsp = ocsp;
    }

    @POST
    @Operation(hidden = true)
    public Uni<Response> post(@PathParam("ca") String ca, byte[] request) {
        requireAnswers(ca);
        return ocsp.answer(ca, request == null ? NO_REQUEST : request)
                .map(answer -> response(answer, false).build());
    }

    // Base64 has slashes, which some clients escape and some do not.
    @GET
    @Path("{request: .+}")
    @Operation(hidden = true)
    public Uni<Response> get(@PathParam("ca") String ca, @Context HttpServerRequest http) {
        requireAnswers(ca);
        return ocsp.answer(ca, decode(http.path()))
                .map(answer -> response(answer, true).build());
    }

    private void requireAnswers(String ca) {
        if (!ocsp.answersFor(ca)) {
            throw ApiException.notFound("unknown-ca", "there is no such CA, or it does not answer OCSP");
        }
    }

    /** The raw path, for a normalized one has lost slashes that stand together. */
    private static byte[] decode(String path) {
        int start = path.indexOf('/', path.indexOf('/', 1) + 1) + 1;
        String escaped = path.substring(start).replace("+", "%2B");
        try {
            String base64 = URLDecoder.decode(escaped, StandardCharsets.US_ASCII);
            return base64.length() > 2 * OcspRequest.LARGEST
                    ? NO_REQUEST
                    : Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException unreadable) {
            return NO_REQUEST;
        }
    }

    /** RFC 5019 section 6.2: what answers a GET without a nonce may be kept by everybody until nextUpdate. */
    private static Response.ResponseBuilder response(OcspAnswer answer, boolean safe) {
        Response.ResponseBuilder response = Response.ok(answer.der()).header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (!safe || answer.validity().isZero()) {
            return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return response.header(
                        HttpHeaders.CACHE_CONTROL,
                        "max-age=" + answer.validity().toSeconds() + ", public, no-transform, must-revalidate")
                .lastModified(Date.from(answer.at()))
                .expires(Date.from(answer.at().plus(answer.validity())))
                .tag(new EntityTag(Sha256.hex(answer.der())));
    }
}
