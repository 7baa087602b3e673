package org.scepgate.enrollment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.PreparedAnswer;

/**
 * Turns a PKIOperation away before it is read, where the pool for cryptography has no place for it: the less that costs,
 * the more is left for those that have one. What comes by GET, and who finds the last place taken meanwhile, is turned away
 * by the pool.
 */
@Singleton
class LoadGate {
    // After the address was found to be one.
    private static final int EARLY = 900;

    private final CryptoPool crypto;
    private final PreparedAnswer full;

    /**
     * Those let in in the present turns of all event loops. A turn takes all heads that have come, and the bodies that came
     * with them, before the pool hears of the first. No longer: who sends a head and never a body would hold a place.
     */
    private final AtomicInteger arriving = new AtomicInteger();

    LoadGate(CryptoPool crypto, ObjectMapper json) throws JsonProcessingException {
        this.crypto = crypto;
        this.full = PreparedAnswer.of(CryptoPool.FULL, json);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext exchange) {
        if (!isPkiOperation(exchange.request())) {
            exchange.next();
        } else if (crypto.isFullFor(arriving.incrementAndGet())) {
            arriving.decrementAndGet();
            crypto.turnAway();
            refuse(exchange);
        } else {
            exchange.vertx().getOrCreateContext().runOnContext(turn -> arriving.decrementAndGet());
            exchange.next();
        }
    }

    private static boolean isPkiOperation(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && ScepPaths.isOne(request.path());
    }

    private void refuse(RoutingContext exchange) {
        full.send(exchange.response());
        // The body is passed over; the connection stays.
        exchange.request().resume();
    }
}
