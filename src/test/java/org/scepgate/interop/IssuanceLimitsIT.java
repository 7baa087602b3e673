package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.TestMdm;

/** A client cannot get round its quota and its rate by batches, reissues or more time, on two servers either. */
class IssuanceLimitsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUOTA = 10;
    private static final int RATE = 12;
    private static final int ASKED = 40;
    private static final String LONGER = "{\"ttl\": \"PT2H\"}";

    @TempDir
    static Path folder;

    private static TwoServers servers;

    @BeforeAll
    static void start() {
        servers = TwoServers.start(
                folder,
                settings -> settings.with(client("batches", "max-open-challenges", QUOTA))
                        .with(client("per-item", "max-open-challenges", QUOTA))
                        .with(client("slow-batches", "rate", RATE))
                        .with(client("reissues", "max-open-challenges", QUOTA))
                        .with(client("slow-reissues", "rate", RATE))
                        .with(client("extends", "max-open-challenges", 1)));
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void aQuotaTakesABatchWholeOrNotAtAll() throws IOException {
        List<HttpResponse<byte[]>> answers = ask("batches", batch("all-or-nothing", 4, 0));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(QUOTA / 4);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .allSatisfy(answer -> isTooMuch(answer, "quota-exceeded"));
        TestMdm mdm = servers.first("batches");
        assertThat(mdm.open()).hasSize(QUOTA / 4 * 4);
        assertThat(mdm.postTo("/batch", batch("all-or-nothing", QUOTA % 4, 0)).statusCode())
                .isEqualTo(201);
        isTooMuch(mdm.post(wish()), "quota-exceeded");
    }

    @Test
    void aQuotaCountsOnlyTheItemsThatAreMade() throws IOException {
        TestMdm mdm = servers.first("per-item");

        HttpResponse<byte[]> filled = mdm.postTo("/batch", batch("per-item", QUOTA, 5));
        HttpResponse<byte[]> tooMuch = servers.second("per-item").postTo("/batch", batch("per-item", 1, 1));

        assertThat(filled.statusCode()).isEqualTo(207);
        assertThat(json(filled).get("created").asInt()).isEqualTo(QUOTA);
        isTooMuch(tooMuch, "quota-exceeded");
        assertThat(mdm.postTo("/batch", batch("per-item", 0, 3)).statusCode()).isEqualTo(207);
        assertThat(mdm.open()).hasSize(QUOTA);
    }

    @Test
    void aRateCountsABatchOnce() {
        Instant before = Instant.now();
        List<HttpResponse<byte[]>> answers = ask("slow-batches", batch("all-or-nothing", 3, 0));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSizeBetween(RATE, RATE + refilledSince(before));
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .allSatisfy(answer -> isTooMuch(answer, "rate-limited"));
    }

    /** Who has the most that it may have can still replace what is open, for that makes room. */
    @Test
    void aQuotaHoldsForWhatIsReissued() throws IOException {
        TestMdm mdm = servers.first("reissues");
        List<TestMdm.Challenge> cancelled = IntStream.range(0, QUOTA)
                .mapToObj(i -> mdm.challenge("demo", "CN=device"))
                .toList();
        cancelled.forEach(mdm::cancel);
        TestMdm.Challenge open = mdm.challenge("demo", "CN=device");
        int free = QUOTA / 2;
        IntStream.range(1, QUOTA - free).forEach(i -> mdm.challenge("demo", "CN=device"));

        List<HttpResponse<byte[]>> answers = servers.both(
                "reissues",
                QUOTA,
                (server, i) -> server.postTo("/" + cancelled.get(i).id() + "/reissue", "{}"));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(free);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .hasSize(QUOTA - free)
                .allSatisfy(answer -> isTooMuch(answer, "quota-exceeded"));
        assertThat(mdm.open()).hasSize(QUOTA);
        assertThat(mdm.postTo("/" + open.id() + "/reissue", "{}").statusCode()).isEqualTo(201);
        assertThat(mdm.open()).hasSize(QUOTA);
    }

    @Test
    void aRateHoldsForWhatIsReissued() {
        Instant before = Instant.now();
        TestMdm mdm = servers.first("slow-reissues");
        List<TestMdm.Challenge> made = IntStream.range(0, RATE / 2)
                .mapToObj(i -> mdm.challenge("demo", "CN=device"))
                .toList();

        List<HttpResponse<byte[]>> answers = servers.both(
                "slow-reissues",
                ASKED,
                (server, i) -> server.postTo("/" + made.get(i % made.size()).id() + "/reissue", "{}"));

        // A request that finds its challenge replaced counts as well: it was let in.
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 429))
                .hasSizeBetween(RATE - made.size(), RATE - made.size() + refilledSince(before));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 429))
                .allSatisfy(answer -> isTooMuch(answer, "rate-limited"));
    }

    @Test
    void aQuotaHoldsForWhatIsRevived() throws Exception {
        TestMdm mdm = servers.first("extends");
        TestMdm.Challenge expired = mdm.challenge("demo", "CN=device");
        expire(expired);
        TestMdm.Challenge open = mdm.challenge("demo", "CN=device");

        HttpResponse<byte[]> revived = mdm.postTo("/" + expired.id() + "/extend", LONGER);
        HttpResponse<byte[]> prolonged = mdm.postTo("/" + open.id() + "/extend", LONGER);

        isTooMuch(revived, "quota-exceeded");
        assertThat(prolonged.statusCode()).isEqualTo(200);
        mdm.cancel(open);
        assertThat(mdm.postTo("/" + expired.id() + "/extend", LONGER).statusCode())
                .isEqualTo(200);
    }

    private static List<HttpResponse<byte[]>> ask(String client, String batch) {
        return servers.both(client, ASKED, (server, i) -> server.postTo("/batch", batch));
    }

    private static void expire(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = servers.database().connect();
                PreparedStatement update = connection.prepareStatement(
                        "update challenge set expires_at = now() - interval '1 second' where id = ?")) {
            update.setObject(1, UUID.fromString(challenge.id()));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static int refilledSince(Instant before) {
        return (int) (RATE * Duration.between(before, Instant.now()).toMillis() / 60_000 + 1);
    }

    private static void isTooMuch(HttpResponse<byte[]> answer, String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    private static Map<String, String> client(String id, String key, int value) {
        String prefix = "scepgate.clients." + id + ".";
        return Map.of(prefix + "id", id, prefix + key, String.valueOf(value));
    }

    private static String batch(String mode, int good, int bad) {
        List<String> items = new ArrayList<>(Collections.nCopies(good, wish()));
        items.addAll(Collections.nCopies(bad, "{\"profile\": \"demo\", \"subject\": \"no name\"}"));
        return "{\"mode\": \"" + mode + "\", \"items\": [" + String.join(",", items) + "]}";
    }

    private static String wish() {
        return TestMdm.wish("demo", "CN=device,O=Acme").toString();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
