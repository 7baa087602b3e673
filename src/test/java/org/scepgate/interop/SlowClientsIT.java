package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.EventReader;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerLoad;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.SlowClient;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;

/**
 * Clients that take their time, and clients that take too much at once, keep nobody waiting and no socket for long. In
 * the short form the server's own times are short, in the long form as an installation has them.
 */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsIT {
    private static final int CONNECTIONS = Soak.choose(100, 1000);
    private static final int PIPELINED = Soak.choose(2000, 10_000);
    private static final int DEAF = Soak.choose(60, 600);
    private static final int OWN_SOCKETS = 25;
    private static final Duration MOST = Duration.ofSeconds(30);
    // No build machine is so quiet that a second would be a bound for each build.
    private static final Duration P99 = Duration.ofSeconds(Soak.limit(20, 1));
    private static final String HEAD = "POST /scep/demo?operation=PKIOperation HTTP/1.1\r\nHost: localhost\r\n";

    private final Scepgate scepgate;
    private final ServerProcess server;
    private final TestDevice device;
    private final TestCsr csr;

    SlowClientsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        Map<String, String> usual = Map.of("scepgate.events.keep-alive", "PT1S");
        Map<String, String> brief = Map.of(
                "scepgate.events.keep-alive", "PT1S",
                "scepgate.request.arrival", "PT2S",
                "quarkus.http.idle-timeout", "8s",
                "quarkus.management.idle-timeout", "8s");
        this.server = scepgate.startPeer(
                settings -> settings.with(List.of(brief, usual).get(Soak.limit(0, 1))));
        this.device = TestDevice.withRsaKey(server.endpoint(Scepgate.DEMO));
        this.csr = device.csr(
                "CN=patient",
                scepgate.mdm(server).challenge(Scepgate.DEMO, "CN=patient").secret());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** How a client dawdles. */
    private record Dawdler(String beginning, String trickle, boolean isHalfOpen) {
        private Dawdler(String beginning, String trickle) {
            this(beginning, trickle, false);
        }

        SlowClient open(int port) {
            SlowClient client = SlowClient.open(port, beginning, trickle);
            if (isHalfOpen) {
                client.endOutput();
            }
            return client;
        }
    }

    private static final List<Dawdler> DAWDLERS = List.of(
            new Dawdler("", ""),
            new Dawdler("", "\r\n"),
            new Dawdler("", "", true),
            new Dawdler(HEAD + "Content-Length: 4000\r\n\r\n", "", true),
            new Dawdler("GET /scep/demo?operation=PKIOperation&message=", "A"),
            new Dawdler("GET /scep/demo?operation=GetCACaps HTTP/1.1\r\n", ""),
            new Dawdler("GET /scep/demo?operation=GetCACaps HTTP/1.1\r\n", "X-More: and more\r\n"),
            new Dawdler(HEAD + "Content-Length: 4000\r\n\r\n", "0"),
            new Dawdler(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n0\r\n"),
            new Dawdler("GET /scep/demo?operation=GetCACaps HTTP/1.1\r\nHost: localhost\r\n\r\n", ""),
            new Dawdler("GET /scep/demo?operation=GetCACaps HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /"));

    @Test
    void manySlowConnectionsKeepNobodyWaitingAndNoSocketForLong() {
        EventReader stream = EventReader.open(
                server.url().resolve("/api/v1/events"), scepgate.identities().token("auditor"), Optional.empty());
        ServerLoad load = new ServerLoad(server);
        long sockets = load.sockets();
        List<SlowClient> clients = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> DAWDLERS.get(i % DAWDLERS.size()).open(server.port()))
                .toList();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<List<Duration>> served = CompletableFuture.supplyAsync(() -> serveUntil(end));

        awaitEndOf(clients);

        end.complete(null);

        requireNoMoreThan(sockets, load);
        assertThat(IntStream.range(0, CONNECTIONS)
                        .filter(i ->
                                !DAWDLERS.get(i % DAWDLERS.size()).trickle().isEmpty())
                        .mapToObj(i -> clients.get(i).answer()))
                .as("answers to those that trickle")
                .allMatch(answer -> answer.contains("HTTP/1.1 408 "));
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.hasEnded()).isFalse();
        stream.close();
        requireQuietLog();
        report(
                CONNECTIONS + " slow connections, the last closed after "
                        + clients.stream()
                                .map(SlowClient::lasted)
                                .reduce(Duration.ZERO, SlowClientsIT::longer)
                                .toMillis()
                        + " ms",
                served.join());
    }

    /** Their answers fill what lies between, and the server can write no more; it has as little memory as one has. */
    @Test
    void whoReadsNoAnswerLosesItsConnection() throws IOException {
        try (ServerProcess small =
                scepgate.startPeer(settings -> settings, Map.of(ServerProcess.JVM_OPTIONS, "-Xmx96m"))) {
            ServerLoad load = new ServerLoad(small);
            long sockets = load.sockets();
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < DEAF; i++) {
                clients.add(deaf(small.port()));
            }
            await().until(() -> load.sockets() >= sockets + DEAF / 2);

            TestDevice other = TestDevice.withRsaKey(small.endpoint(Scepgate.DEMO));
            assertThat(other.send(other.request(csr.encoded())).isSuccess()).isFalse();
            requireNoMoreThan(sockets, load);

            for (SocketChannel client : clients) {
                client.close();
            }
            assertThat(small.log()).doesNotContain("OutOfMemory", "fault urn:uuid");
        }
    }

    private static SocketChannel deaf(int port) throws IOException {
        String request = "GET /scep/demo?operation=GetCACert HTTP/1.1\r\nHost: localhost\r\n\r\n";
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        client.connect(new InetSocketAddress("localhost", port));
        client.configureBlocking(false);
        client.write(ByteBuffer.wrap(request.repeat(20_000).getBytes(StandardCharsets.US_ASCII)));
        return client;
    }

    @Test
    void slowConnectionsToTheManagementPortEndLikewise() {
        List<SlowClient> clients = List.of(
                SlowClient.open(server.management().getPort(), "", ""),
                SlowClient.open(server.management().getPort(), "", "PRI * HTTP/2.0"),
                SlowClient.open(server.management().getPort(), "GET /q/metrics", "a"),
                SlowClient.open(server.management().getPort(), "GET /q/health HTTP/1.1\r\n", "X-More: and more\r\n"));

        awaitEndOf(clients);

        assertThat(clients.get(3).answer()).startsWith("HTTP/1.1 408 ");
        requireQuietLog();
    }

    @Test
    void largeBodiesShareAnEighthOfTheHeapAndDevicesDoNotNoticeIt() {
        // The server's heap is 512 MiB, of which Java counts one survivor space out: some 250 bodies.
        List<SlowClient> clients = IntStream.range(0, 300)
                .mapToObj(i -> SlowClient.open(server.port(), HEAD + "Content-Length: 262144\r\n\r\n", "0"))
                .toList();

        serve();
        awaitEndOf(clients);

        Map<String, Long> answers = clients.stream()
                .collect(Collectors.groupingBy(
                        client -> client.answer().lines().findFirst().orElse("none"), Collectors.counting()));
        assertThat(answers).containsOnlyKeys("HTTP/1.1 408 Request Timeout", "HTTP/1.1 503 Service Unavailable");
        assertThat(answers.get("HTTP/1.1 503 Service Unavailable")).isBetween(1L, 60L);
        assertThat(device.endpoint().post(new byte[200_000]).statusCode())
                .as("there is room again")
                .isEqualTo(400);
        requireQuietLog();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000})
    void refusesHeadersOf100000Bytes(int headers) {
        String line = "X: " + "a".repeat(100_000 / headers - 5) + "\r\n";
        String head =
                "GET /q/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + line.repeat(headers) + "\r\n";

        List<SlowClient> clients = List.of(
                SlowClient.open(server.port(), head, ""),
                SlowClient.open(server.management().getPort(), head, ""));

        awaitEndOf(clients);

        assertThat(clients).allMatch(client -> client.answer().startsWith("HTTP/1.1 431 "));
        requireQuietLog();
    }

    @Test
    void answersPipelinedRequestsInTurnWhileOthersAreServed() throws IOException {
        String request = "GET /scep/demo?operation=GetCACaps HTTP/1.1\r\nHost: localhost\r\n";
        byte[] requests = ((request + "\r\n").repeat(PIPELINED - 1) + request + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        List<Duration> served;

        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout((int) MOST.toMillis());
            CompletableFuture<Integer> answers = CompletableFuture.supplyAsync(() -> answersIn(socket));
            socket.getOutputStream().write(requests);
            served = serveUntil(answers);
            assertThat(answers.join()).isEqualTo(PIPELINED);
        }
        report(PIPELINED + " pipelined requests, all answered", served);
    }

    private List<Duration> serveUntil(CompletableFuture<?> end) {
        List<Duration> served = new ArrayList<>();
        do {
            served.addAll(serve());
        } while (!end.isDone());
        return served;
    }

    /** But for what the server itself has opened meanwhile, as to its database. */
    private static void requireNoMoreThan(long sockets, ServerLoad load) {
        await().atMost(MOST).until(() -> load.sockets() <= sockets + OWN_SOCKETS);
    }

    private static void awaitEndOf(List<SlowClient> clients) {
        await().pollInterval(Duration.ofMillis(100))
                .atMost(MOST)
                .until(() -> clients.stream().filter(SlowClient::goOn).count() == 0);
    }

    private static int answersIn(Socket socket) {
        try {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return all.split("HTTP/1.1 200 OK\r\n", -1).length - 1;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A device asks for what devices ask for; how long each took. */
    private List<Duration> serve() {
        ScepEndpoint endpoint = device.endpoint();
        byte[] message = device.request(csr).build();
        return List.of(
                timed(() -> assertThat(endpoint.getCaCaps().statusCode()).isEqualTo(200)),
                timed(() -> assertThat(endpoint.get("operation=GetCACert").statusCode())
                        .isEqualTo(200)),
                timed(() -> assertThat(device.read(endpoint.post(message)).isSuccess())
                        .isTrue()));
    }

    private static Duration timed(Runnable request) {
        long begin = System.nanoTime();
        request.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void report(String what, List<Duration> served) {
        List<Duration> sorted = served.stream().sorted().toList();
        Duration p99 = sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100));
        Soak.report(
                "R8 %s; %d valid requests meanwhile, p99 %d ms, longest %d ms",
                what,
                sorted.size(),
                p99.toMillis(),
                sorted.get(sorted.size() - 1).toMillis());
        assertThat(p99).isLessThan(P99);
    }

    private void requireQuietLog() {
        assertThat(server.log().lines()).noneMatch(line -> line.contains("\"level\":\"ERROR\""));
    }
}
