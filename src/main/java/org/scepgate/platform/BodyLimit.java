package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that says it is too large with a problem document; the server's own check answers with nothing. */
@Singleton
class BodyLimit {
    private static final String API = "/api/";

    // The server's own check has the route order -2, and a filter the negative of its priority.
    private static final int BEFORE_THE_SERVERS_OWN = 10;

    private static final int MOST_DIGITS = 18;

    private final long limit;
    private final String problem;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json)
            throws JsonProcessingException {
        this.limit = limit.asLongValue();
        this.problem = json.writeValueAsString(HttpProblems.of(413));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext exchange) {
        if (exchange.normalizedPath().startsWith(API) && lengthOf(exchange) > limit) {
            // The rest of the body is not read, so that the connection is of no further use.
            exchange.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(problem)
                    .onComplete(sent -> exchange.request().connection().close());
        } else {
            exchange.next();
        }
    }

    private static long lengthOf(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        // Netty has refused what is no number; more digits than a long has are too many bytes.
        if (length == null) {
            return 0;
        }
        return length.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }
}
