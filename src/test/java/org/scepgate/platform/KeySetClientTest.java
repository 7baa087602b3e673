package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.TestIssuer;

class KeySetClientTest {
    private static final PublicJsonWebKey KEY = TestIssuer.generateRsa("k");

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
