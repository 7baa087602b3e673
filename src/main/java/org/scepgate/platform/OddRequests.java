package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Serves what old clients send and the framework would refuse: raw characters in the address, and HTTP/1.1 without a
 * Host; what cannot be served is refused in an orderly way.
 */
@Singleton
class OddRequests {
    private static final String API = "/api/";
    // Marks of what was tried with a request, so that nothing is tried twice.
    private static final String ENCODED = "scepgate.address-encoded";
    private static final String WITHOUT_HOST = "scepgate.without-host";

    // What most addresses are made of: they need not be parsed to be known for URIs.
    private static final CharacterSet PLAIN = CharacterSet.alphanumericAnd("/?=&-._~");

    // Before authentication and all else that looks at the address.
    private static final int FIRST = 1000;

    private final PreparedAnswer problem;

    OddRequests(ObjectMapper json) throws JsonProcessingException {
        this.problem = PreparedAnswer.of(HttpProblems.of(400), json);
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkAddress, FIRST);
    }

    void register(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(this::afterFailure);
    }

    /** The framework reads the address as a {@link URI}, and answers one that is none with an empty 400. */
    private void checkAddress(RoutingContext exchange) {
        String address = exchange.request().uri();
        if (isUri(address)) {
            exchange.next();
        } else if (exchange.get(ENCODED) != null) {
            refuse(exchange);
        } else {
            exchange.put(ENCODED, true);
            exchange.reroute(exchange.request().method(), RawAddress.encode(address));
        }
    }

    /** Vert.x refuses a Host that is missing or cannot be read before the first handler. */
    private void afterFailure(RoutingContext exchange) {
        if (exchange.statusCode() != 400 || exchange.get(WITHOUT_HOST) != null) {
            exchange.next();
            return;
        }
        if (hasNoHost(exchange)) {
            exchange.put(WITHOUT_HOST, true);
            exchange.reroute(exchange.request().method(), exchange.request().uri());
        } else {
            refuse(exchange);
        }
    }

    private static boolean hasNoHost(RoutingContext exchange) {
        return exchange.request().version() == HttpVersion.HTTP_1_1
                && !exchange.request().headers().contains(HttpHeaders.HOST);
    }

    private void refuse(RoutingContext exchange) {
        if (exchange.normalizedPath().startsWith(API)) {
            problem.send(exchange.response());
        } else {
            exchange.response()
                    .setStatusCode(400)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                    .end("the request cannot be read\n");
        }
    }

    private static boolean isUri(String address) {
        // Two slashes would be taken for the start of a host.
        if (PLAIN.makesUp(address) && !address.startsWith("//")) {
            return true;
        }
        try {
            new URI(address);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
