package org.scepgate.certificate;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.platform.ApiException;

/** The certificates of the CAs for who has to build a chain (RFC 5280 section 4.2.2.1), under names as CRLs have them. */
@Path("/ca")
public class CaCertificateResource {
    // RFC 2585 section 4.1
    private static final String MEDIA_TYPE = "application/pkix-cert";
    private static final String SUFFIX = ".cer";

    private final Authorities authorities;

    CaCertificateResource(Authorities authorities) {
        this.authorities = authorities;
    }

    @GET
    @Path("{file}")
    @Operation(hidden = true)
    public Response get(@PathParam("file") String file) {
        Authority authority = Optional.of(file)
                .filter(name -> name.endsWith(SUFFIX))
                .flatMap(name -> authorities.find(name.substring(0, name.length() - SUFFIX.length())))
                .orElseThrow(() -> ApiException.notFound("unknown-ca", "there is no such CA"));
        return Response.ok(encoded(authority))
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }

    private static byte[] encoded(Authority authority) {
        try {
            return authority.keys().authority().certificate().getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a CA's certificate cannot be written", e);
        }
    }
}
