package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.TestCryptoPool;
import org.scepgate.testing.HttpFrame;

/** A pool of three places behind a server of one event loop. */
class LoadGateTest {
    private static final int PLACES = 3;
    private static final int DEVICES = 16;
    private static final String HEAD = "POST /scep/demo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";
    private static final String WHOLE = HEAD + "m";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final CryptoPool pool = TestCryptoPool.of(PLACES - 1);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final CountDownLatch turnedAway = new CountDownLatch(DEVICES - PLACES);
    private final AtomicInteger turnedAwayByPool = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Filters filters = new Filters();
        new LoadGate(pool, new ObjectMapper()).register(filters);
        Router router = Router.router(vertx);
        router.post().handler(exchange -> {
            exchange.addEndHandler(ended -> turnedAway.countDown());
            exchange.next();
        });
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.post().handler(this::answer);
        router.get().handler(exchange -> exchange.response().setStatusCode(204).end());
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** As the framework does: it goes on by a task of its own once the body is there. */
    private void answer(RoutingContext exchange) {
        exchange.request()
                .body()
                .onSuccess(body -> loop.runOnContext(task -> pool.run(() -> answering.await(10, TimeUnit.SECONDS))
                        .subscribe()
                        .with(done -> exchange.response().end(), full -> {
                            turnedAwayByPool.incrementAndGet();
                            exchange.response().setStatusCode(503).end();
                        })));
    }

    @AfterEach
    void close() throws IOException {
        answering.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        TestCryptoPool.close(pool);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void turnsAwayAllButTheFirstOfThoseThatComeInOneTurn() throws Exception {
        List<Socket> devices = connected(DEVICES);

        inOneTurn(() -> sendAll(devices, WHOLE));
        assertThat(turnedAway.await(10, TimeUnit.SECONDS)).isTrue();
        answering.countDown();

        assertThat(devices.stream().map(LoadGateTest::status).filter(status -> status == 200))
                .hasSize(PLACES);
        // None of them went all the way to the pool to be told so.
        assertThat(turnedAwayByPool).hasValue(0);
    }

    @Test
    void keepsNoPlaceForWhoSendsNoBody() throws Exception {
        List<Socket> silent = connected(PLACES);
        inOneTurn(() -> sendAll(silent, HEAD));
        List<Socket> devices = connected(PLACES);

        inOneTurn(() -> sendAll(devices, WHOLE));
        answering.countDown();

        assertThat(devices).allSatisfy(device -> assertThat(status(device)).isEqualTo(200));
    }

    private List<Socket> connected(int count) throws IOException {
        List<Socket> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket device = new Socket("127.0.0.1", server.actualPort());
            device.setSoTimeout(10_000);
            sockets.add(device);
            devices.add(device);
            // The server takes a connection in a turn before it reads from it.
            send(device, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(status(device)).isEqualTo(204);
        }
        return devices;
    }

    /** What is sent has come when the event loop goes on. */
    private void inOneTurn(Sending sending) throws Exception {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        loop.runOnContext(task -> {
            standing.countDown();
            try {
                assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(standing.await(10, TimeUnit.SECONDS)).isTrue();
        sending.run();
        sent.countDown();
    }

    private interface Sending {
        void run() throws IOException;
    }

    private static void sendAll(List<Socket> devices, String request) throws IOException {
        for (Socket device : devices) {
            send(device, request);
        }
    }

    private static void send(Socket device, String request) throws IOException {
        device.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static int status(Socket device) {
        try {
            HttpFrame answer = HttpFrame.readAnswer(device.getInputStream(), false);
            return Integer.parseInt(answer.head().split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
