package org.scepgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.seal.Anchor;

class AnchorWebhookTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Anchor FIRST = new Anchor(1, "a".repeat(64), 3, "2026-11-23T10:00:00Z");
    private static final Anchor SECOND = new Anchor(2, "b".repeat(64), 1, "2026-11-23T10:00:05Z");

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final AtomicInteger answer = new AtomicInteger(204);
    private HttpServer server;
    private AnchorWebhook webhook;

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/seals", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Content-Type") + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/seals");
        webhook = new AnchorWebhook(url, vertx.createHttpClient());
    }

    @AfterEach
    void stops() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void postsSealsAsLinesOfJson() {
        webhook.write(List.of(FIRST, SECOND)).await().atMost(SOON);

        assertThat(received).containsExactly("application/x-ndjson\n" + FIRST.toJson() + "\n" + SECOND.toJson() + "\n");
    }

    @Test
    void failsWhereTheReceiverDoesNotTakeThem() {
        for (int status : new int[] {302, 403, 500}) {
            answer.set(status);

            assertThatThrownBy(() -> webhook.write(List.of(FIRST)).await().atMost(SOON))
                    .hasMessageContaining("answered " + status);
        }
        server.stop(0);
        assertThatThrownBy(() -> webhook.write(List.of(FIRST)).await().atMost(SOON))
                .isInstanceOf(Exception.class);
    }
}
