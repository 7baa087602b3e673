package org.scepgate.enrollment;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.scepgate.platform.Problem;
import org.scepgate.scep.MalformedMessageException;

/** Bytes that prove nothing: no CertRep can be addressed, so HTTP itself says no (RFC 8894 section 4.3). */
@Singleton
class ScepErrorMapper {
    private final EnrollmentMetrics metrics;

    ScepErrorMapper(EnrollmentMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response malformed(MalformedMessageException malformed) {
        metrics.countMalformed();
        return Response.status(Response.Status.BAD_REQUEST)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(400, "scep.message-malformed", "the body is no pkiMessage that can be answered"))
                .build();
    }
}
