package org.scepgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.outbound.OutboundException.Kind;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.IpNetwork;

class OutboundClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int AT_ONCE = 64;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "scepgate.some.url";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    /** None of these is answered before all are there. */
    private final List<HttpServerResponse> together = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void listens() {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stops() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(request.method() + " " + request.uri() + " " + request.getHeader("Host") + " "
                    + request.getHeader("X-Test") + " " + body);
            switch (request.path()) {
                case "/moved" ->
                    request.response()
                            .setStatusCode(302)
                            .putHeader("Location", "/other")
                            .end();
                case "/large" -> request.response().end(Buffer.buffer(new byte[70_000]));
                case "/endless" -> request.response().setChunked(true).write("x".repeat(10));
                case "/cut" ->
                    request.response()
                            .setChunked(true)
                            .write("x")
                            .onComplete(done -> request.connection().close());
                case "/silent" -> {}
                case "/together" -> {
                    together.add(request.response());
                    if (together.size() == AT_ONCE) {
                        together.forEach(HttpServerResponse::end);
                    }
                }
                default -> request.response().setStatusCode(201).end("taken");
            }
        });
    }

    private URI url(String host, String path) {
        return URI.create("http://" + host + ":" + server.actualPort() + path);
    }

    private OutboundAnswer get(OutboundClient client, URI url) {
        return client.send(OutboundRequest.get(url, LIMIT)).await().atMost(SOON);
    }

    private OutboundClient loopback() {
        return new OutboundClient(vertx, Settings.LOOPBACK);
    }

    private static OutboundException failureOf(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            // Mutiny wraps checked exceptions.
            return (OutboundException) failure.getCause();
        }
        throw new AssertionError("there was an answer");
    }

    @Test
    void sendsAndGivesTheAnswer() {
        OutboundRequest request = OutboundRequest.post(
                        url("127.0.0.1", "/a?b=c"), "application/json", Buffer.buffer("{}"), LIMIT)
                .with(Map.of("X-Test", "yes"));

        OutboundAnswer answer = loopback().send(request).await().atMost(SOON);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).hasToString("taken");
        assertThat(received).containsExactly("POST /a?b=c 127.0.0.1:" + server.actualPort() + " yes {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void connectsToNothingThatIsNotAllowed(String host) {
        OutboundClient closed = new OutboundClient(
                vertx, new Settings(Optional.of(List.of("10.0.0.0/8")), true, Optional.empty(), Optional.empty()));
        OutboundClient encrypted = new OutboundClient(vertx, Settings.DEFAULT);
        URI https = URI.create(url(host, "/").toString().replace("http:", "https:"));

        assertThat(failureOf(() -> get(closed, url(host, "/"))).kind()).isEqualTo(Kind.ADDRESS_REFUSED);
        assertThat(failureOf(() -> get(encrypted, https)).kind()).isEqualTo(Kind.ADDRESS_REFUSED);
        assertThat(received).isEmpty();
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        AtomicInteger asked = new AtomicInteger();
        NameLookup rebinding =
                name -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254"));
        OutboundClient client = new OutboundClient(vertx, Settings.LOOPBACK, rebinding);

        get(client, url("receiver.example", "/"));

        assertThat(asked).hasValue(1);
        assertThat(received).containsExactly("GET / receiver.example:" + server.actualPort() + " null ");
        assertThat(failureOf(() -> get(client, url("receiver.example", "/"))).kind())
                .isEqualTo(Kind.ADDRESS_REFUSED);
        assertThat(received).hasSize(1);
    }

    @Test
    void refusesANameOfWhichOneAddressIsNotAllowed() {
        NameLookup mixed = name -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.0.0.1"));

        OutboundException failure =
                failureOf(() -> get(new OutboundClient(vertx, Settings.LOOPBACK, mixed), url("receiver.example", "/")));

        assertThat(failure.kind()).isEqualTo(Kind.ADDRESS_REFUSED);
        assertThat(failure).hasMessageContaining("10.0.0.1");
        assertThat(received).isEmpty();
    }

    @Test
    void triesTheNextAddressWhereThereIsNoConnection() {
        NameLookup two = name -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1"));

        OutboundAnswer answer = get(new OutboundClient(vertx, Settings.LOOPBACK, two), url("receiver.example", "/"));

        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void followsNoRedirect() {
        OutboundAnswer answer = get(loopback(), url("127.0.0.1", "/moved"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(received).hasSize(1);
    }

    @Test
    void readsNoLargeAnswer() {
        assertThat(failureOf(() -> get(loopback(), url("127.0.0.1", "/large"))).kind())
                .isEqualTo(Kind.ANSWER_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/endless"})
    void waitsNoLongerThanItsLimit(String path) {
        OutboundRequest request = OutboundRequest.get(url("127.0.0.1", path), Duration.ofMillis(300));

        assertThat(failureOf(() -> loopback().send(request).await().atMost(SOON))
                        .kind())
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void waitsNoLongerForANameEither() throws InterruptedException {
        BlockingQueue<InetAddress> never = new LinkedBlockingQueue<>();
        OutboundClient client = new OutboundClient(vertx, Settings.LOOPBACK, name -> taken(never));
        OutboundRequest request = OutboundRequest.get(url("receiver.example", "/"), Duration.ofMillis(300));

        assertThat(failureOf(() -> client.send(request).await().atMost(SOON)).kind())
                .isEqualTo(Kind.TIMED_OUT);
        never.put(InetAddress.getLoopbackAddress());
    }

    @Test
    void letsNoCallWaitForTheEndOfOthers() {
        OutboundClient client = loopback();
        OutboundRequest request = OutboundRequest.get(url("127.0.0.1", "/together"), LIMIT);

        List<OutboundAnswer> answers = Uni.join()
                .all(Stream.generate(() -> client.send(request)).limit(AT_ONCE).toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        assertThat(answers).hasSize(AT_ONCE).allMatch(OutboundAnswer::isSuccess);
    }

    @Test
    void saysAtOnceWhatItDoesNotSend() {
        OutboundClient client = loopback();
        AtomicInteger open = new AtomicInteger();
        OutboundRequest request = OutboundRequest.get(url("127.0.0.1", "/silent"), LIMIT);
        for (int i = 0; i < OutboundClient.CONNECTIONS_PER_SERVER; i++) {
            client.send(request).subscribe().with(answered -> {}, ended -> open.decrementAndGet());
            open.incrementAndGet();
        }
        await().atMost(SOON).until(() -> received.size() == OutboundClient.CONNECTIONS_PER_SERVER);

        assertThat(failureOf(() -> client.send(request).await().atMost(Duration.ofSeconds(5)))
                        .kind())
                .isEqualTo(Kind.NOT_SENT);
        assertThat(open).hasValue(OutboundClient.CONNECTIONS_PER_SERVER);
    }

    @Test
    void letsASilentNameHoldUpNoOther() throws InterruptedException {
        BlockingQueue<InetAddress> never = new LinkedBlockingQueue<>();
        AtomicInteger asked = new AtomicInteger();
        OutboundClient client = new OutboundClient(vertx, Settings.LOOPBACK, name -> {
            if (name.equals("receiver.example")) {
                return List.of(InetAddress.getLoopbackAddress());
            }
            asked.incrementAndGet();
            return taken(never);
        });
        OutboundRequest silent = OutboundRequest.get(url("silent.example", "/"), LIMIT);
        List<Uni<OutboundAnswer>> calls = Stream.generate(
                        () -> client.send(silent).memoize().indefinitely())
                .limit(100)
                .toList();
        calls.forEach(call -> call.subscribe().with(answered -> {}, failed -> {}));
        await().atMost(SOON).until(() -> asked.get() == 1);

        assertThat(get(client, url("receiver.example", "/")).status()).isEqualTo(201);

        never.put(InetAddress.getLoopbackAddress());
        assertThat(Uni.join().all(calls).andFailFast().await().atMost(SOON)).hasSize(100);
        assertThat(asked).hasValue(1);
    }

    private static List<InetAddress> taken(BlockingQueue<InetAddress> addresses) throws UnknownHostException {
        try {
            return List.of(addresses.take());
        } catch (InterruptedException stopped) {
            throw new UnknownHostException("stopped");
        }
    }

    @Test
    void saysWhatCannotBeReached() {
        URI closed = url("127.0.0.9", "/");
        NameLookup nothing = name -> {
            throw new UnknownHostException(name);
        };

        assertThat(failureOf(() -> get(loopback(), url("127.0.0.1", "/cut"))).kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(failureOf(() -> get(loopback(), closed)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failureOf(() ->
                        get(new OutboundClient(vertx, Settings.LOOPBACK, nothing), url("receiver.example", "/secret"))))
                .hasMessage("receiver.example has no address");
    }

    @Test
    void asksAProxyAndLooksUpNoName() {
        URI proxy = URI.create("http://127.0.0.1:" + server.actualPort());
        NameLookup addressesOnly =
                name -> List.of(InetAddress.getByAddress(IpNetwork.parse(name).start()));
        Settings settings = new Settings(Optional.empty(), false, Optional.of(proxy), Optional.empty());
        OutboundClient client = new OutboundClient(vertx, settings, addressesOnly);

        // The test's server is no proxy and answers CONNECT like anything else.
        failureOf(() -> get(client, URI.create("https://receiver.example/")));
        OutboundException literal = failureOf(() -> get(client, URI.create("https://10.0.0.1/")));

        assertThat(received).singleElement().asString().startsWith("CONNECT receiver.example:443");
        assertThat(literal.kind()).isEqualTo(Kind.ADDRESS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "receiver",
                "ftp://receiver.example/",
                "http://receiver.example/",
                "https:///path",
                "https://user:password@receiver.example/",
                "https://receiver.example/#part",
                "https://receiver.example:0/",
                "https://receiver .example/"
            })
    void doesNotStartWithAUrlOfNoUse(String url) {
        OutboundClient client = new OutboundClient(vertx, Settings.DEFAULT);

        assertThatThrownBy(() -> client.requireUrl(KEY, url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(KEY + ": ")
                .hasMessageNotContaining("password@");
    }

    @Test
    void takesHttpWhereItIsAllowed() {
        assertThatCode(() -> loopback().requireUrl(KEY, "http://receiver.example/"))
                .doesNotThrowAnyException();
        assertThatCode(() -> new OutboundClient(vertx, Settings.DEFAULT).requireUrl(KEY, "https://receiver.example/"))
                .doesNotThrowAnyException();
    }
}
