package org.scepgate.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToIntFunction;

/** The receiver of a webhook, which answers as a test wants it. */
public final class TestReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile ToIntFunction<Received> answer = request -> 204;

    /** What came in. */
    public record Received(String id, String type, String timestamp, String signature, String body) {}

    public TestReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = new Received(
                    exchange.getRequestHeaders().getFirst("Scepgate-Event-Id"),
                    exchange.getRequestHeaders().getFirst("Scepgate-Event"),
                    exchange.getRequestHeaders().getFirst("Scepgate-Timestamp"),
                    exchange.getRequestHeaders().getFirst("Scepgate-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            exchange.sendResponseHeaders(answer.applyAsInt(request), -1);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=of-the-receiver");
    }

    /** The status of the answers from now on; the function may wait. */
    public void answer(ToIntFunction<Received> status) {
        answer = status;
    }

    /** All requests so far. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
