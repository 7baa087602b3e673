package org.scepgate.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.authorization.AuthorizationQuestion.Background;
import org.scepgate.authorization.AuthorizationQuestion.Kind;
import org.scepgate.authorization.AuthorizationQuestion.Request;
import org.scepgate.outbound.LoopbackClient;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.OutboundRequest;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.RequestConfig;
import org.scepgate.policy.Authorization;
import org.scepgate.policy.GrantedTemplate;

/** Many questions at once; no time goes by for the breaker. */
class AuthorizationVerifierTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1_900);
    private static final String PREFIX = "scepgate.profiles.demo.authorize.";

    private final Vertx vertx = Vertx.vertx();
    private final Clock clock = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);
    private final Queue<HttpServerRequest> silent = new ConcurrentLinkedQueue<>();
    private final Queue<HttpServerRequest> asked = new ConcurrentLinkedQueue<>();
    private volatile int answeredTogether = 1;
    private OutboundClient client;
    private HttpServer server;

    @BeforeEach
    void listens() {
        client = LoopbackClient.on(vertx);
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
        if (request.path().equals("/silent")) {
            silent.add(request);
            return;
        }
        asked.add(request);
        if (asked.size() >= answeredTogether) {
            asked.forEach(each -> each.response().end("{\"decision\": \"allow\"}"));
            asked.clear();
        }
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    /** The endpoint of a profile. */
    private record Endpoint(Optional<String> url, int concurrency, Duration timeout) implements AuthorizationConfig {
        @Override
        public Optional<String> secret() {
            return Optional.of("the secret of a test, long enough");
        }

        @Override
        public Optional<Path> secretFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> previousSecret() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> previousSecretFile() {
            return Optional.empty();
        }
    }

    private record Requests() implements RequestConfig {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Duration arrival() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Duration failureStep() {
            return Duration.ofMillis(50);
        }
    }

    private AuthorizationVerifier verifier(int concurrency, Duration limit) {
        Endpoint endpoint = new Endpoint(Optional.of(url("/decide").toString()), concurrency, limit);
        return new AuthorizationVerifiers(client, new Requests(), new ObjectMapper(), clock)
                .of("demo", PREFIX, endpoint)
                .orElseThrow();
    }

    private static AuthorizationQuestion question() {
        return new AuthorizationQuestion(
                Kind.ENROLMENT,
                new Request("demo", "t-1", "192.0.2.1", new byte[1], "9f"),
                GrantedTemplate.of("CN=device-42,O=Acme"),
                new Background(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Authorization said(AuthorizationVerifier verifier) {
        return verifier.ask(question()).await().atMost(SOON).said();
    }

    @Test
    void letsNoQuestionWaitForTheAnswersToOthers() {
        AuthorizationVerifier verifier = verifier(64, Duration.ofSeconds(15));
        answeredTogether = 64;

        List<AuthorizationAnswer> answers = Uni.join()
                .all(Stream.generate(() -> verifier.ask(question())).limit(64).toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        assertThat(answers)
                .hasSize(64)
                .allSatisfy(answer -> assertThat(answer.said()).isInstanceOf(Authorization.Allowed.class));
    }

    @Test
    void blamesNoEndpointForQuestionsThatWereNotSent() {
        AuthorizationVerifier verifier = verifier(64, SHORT);
        int connections = 2 * OutboundClient.MOST_AT_ONCE;
        OutboundRequest other = OutboundRequest.get(url("/silent"), SOON);
        IntStream.range(0, connections)
                .forEach(i -> client.send(other).subscribe().with(answered -> {}, ended -> {}));
        await().atMost(SOON).until(() -> silent.size() == connections);

        for (int i = 0; i < 2 * Breaker.FAILURES; i++) {
            assertThat(said(verifier))
                    .isInstanceOfSatisfying(
                            Authorization.Failed.class,
                            failed -> assertThat(failed.expected()).isEqualTo("a free connection"));
        }

        silent.forEach(request -> request.connection().close());
        await().atMost(SOON).until(() -> said(verifier) instanceof Authorization.Allowed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, OutboundClient.MOST_AT_ONCE + 1})
    void doesNotStartWithMoreQuestionsThanCanBeSent(int concurrency) {
        assertThatThrownBy(() -> verifier(concurrency, SHORT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(PREFIX + "concurrency");
    }
}
