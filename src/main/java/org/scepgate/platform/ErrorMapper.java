package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The edge: turns every exception that leaves a resource into a problem document, and logs our own faults once. */
class ErrorMapper {
    private static final String CHALLENGE = "Bearer";

    private final FaultLog faults;
    private final AllowedMethods methods;

    ErrorMapper(FaultLog faults, AllowedMethods methods) {
        this.faults = faults;
        this.methods = methods;
    }

    @ServerExceptionMapper
    Response refused(ApiException refusal) {
        Problem problem = Problem.of(refusal);
        return refusal.retryAfterSeconds().isPresent()
                ? answer(problem, refusal.retryAfterSeconds().getAsInt())
                : answer(problem);
    }

    @ServerExceptionMapper
    Response wrongShape(MismatchedInputException mismatch) {
        return answer(JsonProblems.of(mismatch));
    }

    @ServerExceptionMapper
    Response notEvenText(CharConversionException notUtf) {
        // Jackson guesses UTF-32 from the first bytes, and what then fails is none of its own exceptions.
        return answer(Problem.of(400, "malformed-json", "the body is not well-formed JSON"));
    }

    @ServerExceptionMapper
    Response noToken(UnauthorizedException missing) {
        return unauthorized("a bearer token is required");
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException failure) {
        // Why a token was refused helps whoever forges one; it is in the log at debug level.
        return unauthorized("the bearer token was not accepted");
    }

    @ServerExceptionMapper
    Response missingRole(ForbiddenException forbidden) {
        return answer(Problem.of(403, "forbidden", "the token carries no role that allows this"));
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException unavailable) {
        Problem problem = unavailable.isForLoad() ? Problem.of(unavailable) : faults.unavailable(unavailable);
        return answer(problem, unavailable.retryAfterSeconds());
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure, RoutingContext exchange) {
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return faultOf(failure);
        }
        if (failure.getCause() instanceof JsonProcessingException malformed) {
            return answer(JsonProblems.of(malformed));
        }
        Response answer = answer(HttpProblems.of(status));
        return status == 405
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.ALLOW, allowed(failure, exchange))
                        .build()
                : answer;
    }

    private String allowed(WebApplicationException failure, RoutingContext exchange) {
        String allowed = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allowed != null ? allowed : methods.at(exchange.normalizedPath());
    }

    @ServerExceptionMapper
    Response fault(Throwable fault, RoutingContext exchange) {
        if (exchange.response().ended()) {
            // A body without a known length ran over the limit: the server has said 413, and fails the read after that.
            return Response.status(exchange.response().getStatusCode()).build();
        }
        return faultOf(fault);
    }

    private Response faultOf(Throwable fault) {
        if (DatabaseOutage.isBehind(fault)) {
            return answer(faults.databaseAway(fault), FaultLog.RETRY_AFTER_SECONDS);
        }
        return answer(faults.internal(fault));
    }

    private static Response unauthorized(String detail) {
        return Response.fromResponse(answer(Problem.of(401, "unauthorized", detail)))
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .build();
    }

    private static Response answer(Problem problem, int retryAfterSeconds) {
        return Response.fromResponse(answer(problem))
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                .build();
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
