package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.testing.TestIssuer;

class KeySetClientTest {
    private static final PublicJsonWebKey KEY = TestIssuer.generateRsa("k");

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final CountDownLatch closing = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/keys", 200, KnownIssuers.jwks(KEY));
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
    }

    @Test
    void readsAKeySet() {
        assertThat(fetch("/keys")).extracting(JsonWebKey::getKeyId).containsExactly("k");
    }

    @Test
    void takesNothingButAnAnswerOfTheAddressItself() {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        answer("/broken", 500, KnownIssuers.jwks(KEY));

        assertThatThrownBy(() -> fetch("/moved")).hasMessageContaining("HTTP status 302");
        assertThatThrownBy(() -> fetch("/broken")).hasMessageContaining("HTTP status 500");
    }

    @Test
    void tellsNothingOfAnAnswerThatIsNoKeySet() {
        answer("/page", 200, "<html>secret</html>");

        assertThatThrownBy(() -> fetch("/page"))
                .hasMessageContaining("the answer is no JWKS")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void givesUpOnAnAnswerThatIsTooLong() {
        answer("/long", 200, " ".repeat(300 * 1024) + KnownIssuers.jwks(KEY));

        assertThatThrownBy(() -> fetch("/long")).hasMessageContaining("more than 262144 bytes");
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotEnd() {
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitClosing();
            exchange.close();
        });

        assertThatThrownBy(() -> fetch("/slow")).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoConnectionToWhomItGaveUpOn(Stall stall) throws Exception {
        // Held here: a client that nobody holds closes its connections when it is collected.
        KeySetClient client = new KeySetClient(LIMIT);
        try (StallingServer stalling = new StallingServer(stall)) {
            CompletableFuture<?> keys =
                    client.source("jwks-url", stalling.url()).get();

            assertThat(keys)
                    .failsWithin(LIMIT.plus(MARGIN))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(TimeoutException.class);
            assertThat(stalling.requested()).isCompleted();
            assertThat(stalling.left()).succeedsWithin(MARGIN);
        } finally {
            Reference.reachabilityFence(client);
        }
    }

    private enum Stall {
        SILENT_AFTER_ACCEPT("", ""),
        HEAD_ONLY(HEAD, ""),
        TRICKLING_HEAD("HTTP/1.1 200 OK\r\nX-Long: ", "x"),
        TRICKLING_BODY(HEAD, " ");

        private final byte[] opening;
        private final byte[] drop;

        Stall(String opening, String drop) {
            this.opening = opening.getBytes(StandardCharsets.US_ASCII);
            this.drop = drop.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Takes one connection, never ends its answer and never closes, and tells when the other side did. */
    private static final class StallingServer implements AutoCloseable {
        private static final int BETWEEN_DROPS_MILLIS = 50;

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> requested = new CompletableFuture<>();
        private final CompletableFuture<Void> left = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        StallingServer(Stall stall) throws IOException {
            Thread thread = new Thread(() -> serve(stall), "stalling-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(Stall stall) {
            try (Socket client = socket.accept()) {
                client.setTcpNoDelay(true);
                awaitRequest(client.getInputStream());
                requested.complete(null);
                awaitEnd(client, stall);
                left.complete(null);
            } catch (IOException failure) {
                left.completeExceptionally(failure);
            }
        }

        private static void awaitRequest(InputStream in) throws IOException {
            int ends = 0;
            while (ends < 4) {
                int read = in.read();
                if (read < 0) {
                    throw new EOFException("the connection was closed within the request");
                }
                ends = read == '\r' || read == '\n' ? ends + 1 : 0;
            }
        }

        private void awaitEnd(Socket client, Stall stall) throws IOException {
            client.setSoTimeout(BETWEEN_DROPS_MILLIS);
            try {
                client.getOutputStream().write(stall.opening);
                while (!closed.isDone()) {
                    try {
                        if (client.getInputStream().read() < 0) {
                            return;
                        }
                    } catch (SocketTimeoutException stillThere) {
                        client.getOutputStream().write(stall.drop);
                    }
                }
            } catch (SocketException reset) {
                return;
            }
            throw new IOException("the connection was still there");
        }

        String url() {
            return "http://localhost:" + socket.getLocalPort() + "/keys";
        }

        CompletableFuture<Void> requested() {
            return requested;
        }

        CompletableFuture<Void> left() {
            return left;
        }

        @Override
        public void close() throws IOException {
            closed.complete(null);
            socket.close();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private List<JsonWebKey> fetch(String path) {
        String url = "http://localhost:" + server.getAddress().getPort() + path;
        return new KeySetClient().source("jwks-url", url).get().join();
    }
}
