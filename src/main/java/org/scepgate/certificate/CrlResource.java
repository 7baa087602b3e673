package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Date;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.scepgate.ca.SignedCrl;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.platform.ApiException;

/** CRLs for everybody (RFC 5280 section 4.2.1.13): {@code /crl/{ca}.crl}, or {@code /crl/{ca}-{key}.crl} for one key. */
@AnsweredInTime
@Path("/crl")
public class CrlResource {
    // RFC 2585 section 4.2
    private static final String MEDIA_TYPE = "application/pkix-crl";
    private static final String SUFFIX = ".crl";
    // Caches may keep it and have to ask whether it is still the one: a revocation shows at once, at the price of a
    // 304.
    private static final String CACHING = "public, no-cache";

    private final Authorities authorities;
    private final CrlService crls;

    CrlResource(Authorities authorities, CrlService crls) {
        this.authorities = authorities;
        this.crls = crls;
    }

    @GET
    @Path("{file}")
    @Operation(hidden = true)
    public Uni<Response> get(@PathParam("file") String file, @Context Request conditions) {
        Authority authority = Optional.of(file)
                .filter(name -> name.endsWith(SUFFIX))
                .flatMap(name -> authorities.find(name.substring(0, name.length() - SUFFIX.length())))
                .filter(Authority::signsCrls)
                .orElseThrow(() -> ApiException.notFound("unknown-ca", "there is no such CA, or it signs no CRLs"));
        return crls.current(authority).map(crl -> answer(authority, crl, conditions));
    }

    private static Response answer(Authority authority, SignedCrl crl, Request conditions) {
        EntityTag tag = new EntityTag(authority.id().publicName() + "-" + crl.number());
        Date modified = Date.from(crl.thisUpdate());
        Response.ResponseBuilder unchanged = conditions.evaluatePreconditions(modified, tag);
        Response.ResponseBuilder answer = unchanged != null ? unchanged : Response.ok(crl.der());
        return answer.header(HttpHeaders.CONTENT_TYPE, unchanged != null ? null : MEDIA_TYPE)
                .tag(tag)
                .lastModified(modified)
                .header(HttpHeaders.CACHE_CONTROL, CACHING)
                .build();
    }
}
