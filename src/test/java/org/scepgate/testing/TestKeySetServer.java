package org.scepgate.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The token issuer with its keys behind a URL, which fails until a request with PUT heals it. */
public class TestKeySetServer extends TestIssuer {
    private HttpServer server;
    private volatile boolean healthy;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        byte[] keys = settings.remove("mp.jwt.verify.publickey").getBytes(StandardCharsets.UTF_8);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.createContext("/keys", exchange -> answer(exchange, keys));
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort() + "/keys";
        settings.put("mp.jwt.verify.publickey.location", url);
        return settings;
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, byte[] keys) throws IOException {
        try (exchange) {
            healthy = healthy || exchange.getRequestMethod().equals("PUT");
            exchange.sendResponseHeaders(healthy ? 200 : 500, keys.length);
            exchange.getResponseBody().write(keys);
        }
    }
}
