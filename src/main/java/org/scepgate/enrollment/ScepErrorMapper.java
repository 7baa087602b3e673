package org.scepgate.enrollment;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.scepgate.platform.Problem;
import org.scepgate.scep.MalformedMessageException;

/** Bytes that prove nothing: no CertRep can be addressed, so HTTP itself says no (RFC 8894 section 4.3). */
@Singleton
class ScepErrorMapper {
    private static final Logger LOG = Logger.getLogger("org.scepgate.scep");

    private final EnrollmentMetrics metrics;

    ScepErrorMapper(EnrollmentMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response malformed(MalformedMessageException malformed, ContainerRequestContext request, HttpServerRequest http) {
        metrics.countMalformed();
        // The profile exists, for it was found before the message was read; of the message itself nothing is said.
        LOG.infof(
                "message.malformed profile=%s source=%s",
                request.getProperty(ScepPaths.PROFILE), http.remoteAddress().hostAddress());
        return Response.status(Response.Status.BAD_REQUEST)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(400, "scep.message-malformed", "the body is no pkiMessage that can be answered"))
                .build();
    }
}
