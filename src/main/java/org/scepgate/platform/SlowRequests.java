package org.scepgate.platform;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections whose request does not become whole, however steadily it trickles in: the server's own limit is for
 * connections on which nothing moves at all.
 *
 * <p>Of all ports, with TLS and without. Looks at each connection once a second, so that those that last shorter, most of
 * all, cost nothing; what {@link UnreadAnswers} has to stand in it stands there before its first answer.
 */
@Singleton
class SlowRequests {
    private static final String HANDLER = "scepgate-arriving-request";
    private static final String UNREAD = "scepgate-unread-answers";
    // Before the first request of a connection is answered, whatever it is.
    private static final int AT_ONCE = 1100;
    private static final AttributeKey<Long> FIRST_SEEN = AttributeKey.valueOf("scepgate.first-seen");

    private final Vertx vertx;
    private final long limit;
    private final UnreadAnswers unread;
    private final List<Future<?>> sweeps = new ArrayList<>();

    SlowRequests(Vertx vertx, RequestConfig config, UnreadAnswers unread) {
        this.vertx = vertx;
        this.unread = unread;
        this.limit = config.arrival().toNanos();
    }

    void start(@Observes StartupEvent starting) {
        for (EventExecutor executor : vertx.nettyEventLoopGroup()) {
            SingleThreadEventLoop loop = (SingleThreadEventLoop) executor;
            sweeps.add(loop.scheduleWithFixedDelay(() -> sweep(loop), 1, 1, TimeUnit.SECONDS));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, AT_ONCE);
    }

    private void guard(RoutingContext exchange) {
        guard(((ConnectionBase) exchange.request().connection()).channel().pipeline());
        exchange.next();
    }

    private void guard(ChannelPipeline pipeline) {
        if (pipeline.get(UnreadAnswers.Connection.class) == null) {
            addBehindEncoder(pipeline, UNREAD, unread.handler());
        }
    }

    private static void addBehindEncoder(ChannelPipeline pipeline, String name, ChannelHandler handler) {
        pipeline.addAfter(pipeline.context(HttpResponseEncoder.class).name(), name, handler);
    }

    void stop(@Observes ShutdownEvent stopping) {
        sweeps.forEach(sweep -> sweep.cancel(false));
    }

    private void sweep(SingleThreadEventLoop loop) {
        List<Channel> accepted = new ArrayList<>();
        loop.registeredChannelsIterator().forEachRemaining(channel -> {
            // Those that connect to others, as to the database, have no parent.
            if (channel.parent() != null && channel.isActive()) {
                accepted.add(channel);
            }
        });
        accepted.forEach(this::look);
    }

    private void look(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (pipeline.get(HttpResponseEncoder.class) != null) {
            guard(pipeline);
            pipeline.get(UnreadAnswers.Connection.class).look();
        }
        ArrivingRequest request = pipeline.get(ArrivingRequest.class);
        if (request != null) {
            if (request.isSlowerThan(limit)) {
                request.end(pipeline.context(request));
            }
        } else if (pipeline.get(HttpResponseEncoder.class) != null) {
            addBehindEncoder(pipeline, HANDLER, new ArrivingRequest(System::nanoTime));
        } else if (pipeline.get(Http2ConnectionHandler.class) == null) {
            endIfUndecided(connection);
        }
    }

    /** What does not even say which version of HTTP it is. */
    private void endIfUndecided(Channel connection) {
        long now = System.nanoTime();
        Long seen = connection.attr(FIRST_SEEN).setIfAbsent(now);
        if (seen != null && now - seen > limit) {
            connection.close();
        }
    }
}
