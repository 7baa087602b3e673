package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** Two servers on one database, with three token issuers of which one is away. */
class ClientLimitsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARTNER = "https://partner.example/";
    private static final String AWAY = "https://away.example/";
    private static final int QUOTA = 10;
    private static final int RATE = 12;
    private static final int ASKED = 40;

    private static final TestIdentityProvider OURS = new TestIdentityProvider();
    private static final TestIdentityProvider THEIRS = new TestIdentityProvider();

    @TempDir
    static Path folder;

    private static TestPostgres postgres;
    private static ServerProcess first;
    private static ServerProcess second;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        ServerSettings settings = ServerSettings.of(postgres.create("limits"))
                .with(THEIRS.issuer("partner", PARTNER, folder))
                .with(Map.of(
                        "scepgate.issuers.away.issuer",
                        AWAY,
                        "scepgate.issuers.away.audiences",
                        TestIdentityProvider.AUDIENCE,
                        "scepgate.issuers.away.jwks-url",
                        "http://127.0.0.1:1/keys",
                        "scepgate.clients-default",
                        "allow"))
                .with(client("small", "max-open-challenges", QUOTA))
                .with(client("slow", "rate", RATE))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test"));
        first = ServerProcess.start(settings.with(OURS.settings(folder)));
        // The same issuer by Scepgate's own settings: nothing of mp.jwt is set.
        second = ServerProcess.start(settings.with(OURS.issuer("default", TestIdentityProvider.ISSUER, folder)));
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        postgres.close();
    }

    @Test
    void aQuotaHoldsOverAllServersToTheLastChallenge() {
        List<HttpResponse<byte[]>> answers = askBoth("small");

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(QUOTA);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .allSatisfy(answer -> isTooMuch(answer, "quota-exceeded"));
    }

    @Test
    void aRateHoldsOverAllServers() {
        Instant before = Instant.now();
        List<HttpResponse<byte[]>> answers = askBoth("slow");
        long refilled = RATE * Duration.between(before, Instant.now()).toMillis() / 60_000 + 1;

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSizeBetween(RATE, (int) (RATE + refilled));
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .allSatisfy(answer -> isTooMuch(answer, "rate-limited"));
    }

    @Test
    void anIssuerThatIsAwayKeepsNobodyElseOut() throws IOException {
        HttpResponse<byte[]> away =
                as(first, OURS.tokenFor(AWAY, "mdm", "challenge-issuer")).post(wish());

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(away).get("code").asText()).isEqualTo("unavailable");
        assertThat(as(first, OURS.token("challenge-issuer")).post(wish()).statusCode())
                .isEqualTo(201);
        assertThat(as(second, THEIRS.tokenFor(PARTNER, "mdm", "challenge-issuer"))
                        .post(wish())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void anIssuerSignsForNobodyElse() {
        assertThat(as(first, THEIRS.tokenFor(TestIdentityProvider.ISSUER, "mdm", "challenge-issuer"))
                        .post(wish())
                        .statusCode())
                .isEqualTo(401);
        assertThat(as(first, OURS.tokenFor(PARTNER, "mdm", "challenge-issuer"))
                        .post(wish())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void clientsOfTheSameIdAtTwoIssuersSeeOnlyTheirOwn() {
        TestMdm ours = as(first, OURS.tokenFor(TestIdentityProvider.ISSUER, "twin", "challenge-issuer"));
        TestMdm theirs = as(second, THEIRS.tokenFor(PARTNER, "twin", "challenge-issuer"));

        TestMdm.Challenge made = ours.challenge("demo", "CN=device");

        assertThat(made.json().get("createdBy").asText()).isEqualTo("twin");
        assertThat(theirs.cancel(made).statusCode()).isEqualTo(404);
        assertThat(theirs.challenge("demo", "CN=device").json().get("createdBy").asText())
                .isEqualTo("partner::twin");
        assertThat(ours.cancel(made).statusCode()).isEqualTo(204);
    }

    private static List<HttpResponse<byte[]>> askBoth(String client) {
        String token = OURS.tokenFor(TestIdentityProvider.ISSUER, client, "challenge-issuer");
        List<TestMdm> servers = List.of(as(first, token), as(second, token));
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
            IntStream.range(0, ASKED)
                    .forEach(i -> asked.add(CompletableFuture.supplyAsync(
                            () -> servers.get(i % 2).post(wish()), callers)));
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdown();
        }
    }

    private static void isTooMuch(HttpResponse<byte[]> answer, String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    private static Map<String, String> client(String id, String key, int value) {
        String prefix = "scepgate.clients." + id + ".";
        return Map.of(prefix + "id", id, prefix + "issuer", "default", prefix + key, String.valueOf(value));
    }

    private static TestMdm as(ServerProcess server, String token) {
        return new TestMdm(server.url(), token);
    }

    private static String wish() {
        return TestMdm.wish("demo", "CN=device,O=Acme").toString();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
