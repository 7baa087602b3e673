package org.scepgate.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer: each HTTP request goes to the next server that says it is ready, byte for byte as it came. What it
 * cannot read the end of, it passes to one server until the connection ends.
 */
public final class RoundRobin implements AutoCloseable {
    private static final Duration PROBE_EVERY = Duration.ofMillis(100);
    private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);

    private final Listener listener = Listener.open("round-robin");
    /** Ports, and where each tells whether it is ready. */
    private final Map<Integer, URI> servers = new ConcurrentHashMap<>();

    private final Map<Integer, AtomicInteger> served = new ConcurrentHashMap<>();
    private final List<Integer> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService probes =
            Executors.newSingleThreadScheduledExecutor(work -> Listener.background(work, "round-robin"));
    private final HttpClient client = HttpClient.newHttpClient();

    private RoundRobin() {}

    public static RoundRobin start() {
        RoundRobin balancer = new RoundRobin();
        balancer.listener.accept(device -> balancer.listener.run(() -> balancer.serve(device)));
        balancer.probes.scheduleWithFixedDelay(balancer::probe, 0, PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return balancer;
    }

    public int port() {
        return listener.port();
    }

    /** Sends requests to this port of the machine too, as soon as the server there is ready. */
    void add(int port, URI management) {
        servers.put(port, management.resolve("/q/health/ready"));
        served.put(port, new AtomicInteger());
        probe();
    }

    /** How many requests the server at this port was given. */
    public int servedBy(int port) {
        return served.get(port).get();
    }

    public int readyServers() {
        return ready.size();
    }

    private synchronized void probe() {
        servers.forEach((port, health) -> {
            boolean up = isReady(health);
            if (up && !ready.contains(port)) {
                ready.add(port);
            } else if (!up) {
                ready.remove(port);
            }
        });
    }

    /** Those that are ready or, where none is, all: one that is too busy to say so may serve after all. */
    private List<Integer> choice() {
        List<Integer> now = List.copyOf(ready);
        return now.isEmpty() ? List.copyOf(servers.keySet()) : now;
    }

    private boolean isReady(URI health) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(health).timeout(PROBE_WITHIN).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void serve(Socket device) {
        try (device) {
            device.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(device.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                HttpFrame request = HttpFrame.readRequest(in);
                goesOn = !request.isEmpty() && exchange(request, in, device);
            }
        } catch (IOException ended) {
            // The device or the server has gone; the other one notices by the closed connection.
        }
    }

    /** False if the connection is over. */
    private boolean exchange(HttpFrame request, InputStream in, Socket device) throws IOException {
        try (Socket server = connect()) {
            server.getOutputStream().write(request.bytes());
            if (!request.isWhole()) {
                listener.run(() -> copy(in, server));
                server.getInputStream().transferTo(device.getOutputStream());
                return false;
            }
            HttpFrame answer = HttpFrame.readAnswer(new BufferedInputStream(server.getInputStream()), request.isHead());
            device.getOutputStream().write(answer.bytes());
            return answer.isWhole() && !answer.endsConnection() && !request.endsConnection();
        }
    }

    private static void copy(InputStream in, Socket server) {
        try {
            OutputStream out = server.getOutputStream();
            in.transferTo(out);
            server.shutdownOutput();
        } catch (IOException ended) {
            // The other direction closes both.
        }
    }

    /** Tries the next one where nobody listens any more, as nothing was sent yet. */
    private Socket connect() throws IOException {
        IOException last = new IOException("no server is ready");
        for (int attempt = 0; attempt < servers.size(); attempt++) {
            List<Integer> choice = choice();
            int port = choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
            try {
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                server.setTcpNoDelay(true);
                served.get(port).incrementAndGet();
                return server;
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }

    @Override
    public void close() {
        probes.shutdownNow();
        listener.close();
    }
}
