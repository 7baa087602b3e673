package org.scepgate.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Gives a request of HTTP/1.0 the host that it need not name, since no URI can be made of it otherwise.
 *
 * <p>Old Cisco IOS and sscep send such requests. HTTP/1.1 without a host is answered with 400 (RFC 9112 section 3.2).
 */
@Singleton
class HostlessRequests {
    private static final int BEFORE_ALL_OTHERS = 1000;

    void register(@Observes Filters filters) {
        filters.register(HostlessRequests::name, BEFORE_ALL_OTHERS);
    }

    private static void name(RoutingContext exchange) {
        if (exchange.request().getHeader(HttpHeaders.HOST) == null) {
            exchange.request().headers().set(HttpHeaders.HOST, "localhost");
        }
        exchange.next();
    }
}
