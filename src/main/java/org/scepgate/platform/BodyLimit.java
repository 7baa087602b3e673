package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds bodies to 256 KiB, but for a batch of challenges, and answers one that says it is larger with a problem document;
 * the server's own check answers with nothing. Of large ones it lets in what {@link LargeBodies} has room for.
 */
@Singleton
class BodyLimit {
    private static final String API = "/api/";

    // The server's own check has the route order -2, and a filter the negative of its priority.
    private static final int BEFORE_THE_SERVERS_OWN = 10;

    // What the server's own check sets for a body of unknown length can be narrowed only after it.
    private static final int AFTER_THE_SERVERS_OWN = 1;

    private static final String BATCH = "/api/v1/challenges/batch";
    private static final long USUAL = 256 * 1024;
    private static final int MOST_DIGITS = 18;
    private static final long MILLISECONDS_TO_SEND = 2_000;

    private static final int RETRY_AFTER_SECONDS = 5;

    private final long most;
    private final LargeBodies room;
    private final PreparedAnswer tooLarge;
    private final PreparedAnswer noRoom;

    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            LargeBodies room,
            ObjectMapper json)
            throws JsonProcessingException {
        this.most = limit.asLongValue();
        this.room = room;
        this.tooLarge = PreparedAnswer.of(HttpProblems.of(413), json);
        this.noRoom = PreparedAnswer.of(
                UnavailableException.forLoad("there is no room for a large body", RETRY_AFTER_SECONDS), json);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
        filters.register(this::narrow, AFTER_THE_SERVERS_OWN);
    }

    private void check(RoutingContext exchange) {
        long length = lengthOf(exchange);
        if (length > limitOf(exchange)) {
            refuse(exchange);
        } else if (!LargeBodies.isLarge(length)) {
            exchange.next();
        } else if (room.take(length)) {
            QuarkusRequestWrapper.get(exchange.request()).addRequestDoneHandler(done -> room.giveBack(length));
            exchange.next();
        } else {
            turnAway(exchange);
        }
    }

    private void turnAway(RoutingContext exchange) {
        closing(exchange);
        noRoom.send(exchange.response()).onComplete(sent -> closeOnceSent(exchange));
    }

    private void refuse(RoutingContext exchange) {
        closing(exchange);
        Future<Void> sent = exchange.normalizedPath().startsWith(API)
                ? tooLarge.send(exchange.response())
                : exchange.response().setStatusCode(413).end();
        sent.onComplete(done -> closeOnceSent(exchange));
    }

    /** The rest of the body is of no use to anybody, and neither is the connection. */
    private static void closing(RoutingContext exchange) {
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    /** A client that is still sending reads the answer only after that, or not at all if it is cut off. */
    private static void closeOnceSent(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        exchange.vertx()
                .setTimer(MILLISECONDS_TO_SEND, late -> request.connection().close());
        request.handler(passedOver -> {})
                .endHandler(sent -> request.connection().close())
                .resume();
    }

    private void narrow(RoutingContext exchange) {
        if (exchange.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limitOf(exchange));
        }
        exchange.next();
    }

    private long limitOf(RoutingContext exchange) {
        return exchange.normalizedPath().equals(BATCH) ? most : USUAL;
    }

    private long lengthOf(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            // In chunks it may become as long as is allowed.
            return exchange.request().headers().contains(HttpHeaders.TRANSFER_ENCODING) ? limitOf(exchange) : 0;
        }
        // Netty has refused what is no number; more digits than a long has are too many bytes.
        return length.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }
}
