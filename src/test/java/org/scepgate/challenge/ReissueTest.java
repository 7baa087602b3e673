package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;
import static org.scepgate.challenge.ApiClient.make;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ReissueTest {
    @Inject
    Rows rows;

    @Test
    void makesAnotherSecretForTheSameDevice() {
        String old = make("mdm", "\"deviceId\": \"wiped\", \"match\": \"subset\", \"validity\": \"P30D\"");

        Response made = reissue(old, "{}");

        made.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("id", not(equalTo(old)))
                .body("challenge", notNullValue())
                .body("subject", equalTo("CN=device-42,O=Acme"))
                .body("match", equalTo("subset"))
                .body("deviceId", equalTo("wiped"))
                .body("replaces", equalTo(old));
        assertThat(Duration.parse(made.path("validity"))).isEqualTo(Duration.ofDays(30));
        look(old).then().body("state", equalTo("CANCELLED")).body("replacedBy", equalTo(made.path("id")));
    }

    @Test
    void leavesTheCertificateOfARedeemedChallengeAlone() {
        String old = redeemed((byte) 1);

        reissue(old, "").then().statusCode(201);

        look(old).then().body("state", equalTo("REDEEMED"));
        assertThat(revocation(old).getValue(0)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2 | {\"supersede\": true} | 4", "3 | {\"revoke\": \"keyCompromise\"} | 1"})
    void revokesTheCertificateAtOnceWhereItIsTold(byte serial, String body, short reason) {
        String old = redeemed(serial);

        reissue(old, body).then().statusCode(201);

        assertThat(revocation(old).getShort(0)).isEqualTo(reason);
    }

    @Test
    void replacesAChallengeOnceHoweverManyAsk() throws Exception {
        String old = make("mdm", "\"deviceId\": \"raced\"");
        ExecutorService callers = Executors.newFixedThreadPool(10);

        List<Future<Integer>> answers = callers.invokeAll(IntStream.range(0, 10)
                .<Callable<Integer>>mapToObj(i -> () -> reissue(old, "{}").statusCode())
                .toList());
        callers.shutdown();

        assertThat(answers.stream().map(ReissueTest::result).filter(status -> status == 201))
                .hasSize(1);
        assertThat(answers.stream().map(ReissueTest::result).filter(status -> status == 409))
                .hasSize(9);
        reissue(old, "{}").then().body("code", equalTo("challenge-replaced"));
    }

    @Test
    void givesTheSameReissueAgain() {
        String old = make("mdm", "\"deviceId\": \"again\"");
        String key = UUID.randomUUID().toString();

        Response first = as("mdm").header("Idempotency-Key", key).body("{}").post(PATH + "/" + old + "/reissue");
        Response again = as("mdm").header("Idempotency-Key", key).body("{}").post(PATH + "/" + old + "/reissue");

        first.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first.asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"revoke\": \"boredom\"} | invalid-value | revoke",
                "{\"revoke\": \"keyCompromise\", \"supersede\": true} | invalid-value | revoke",
                "{\"ttl\": \"PT1S\"} | ttl-out-of-range | ttl",
                "{\"subject\": \"CN=other\"} | unknown-field | subject"
            })
    void namesWhatIsWrong(String body, String code, String field) {
        String old = make("mdm", "\"deviceId\": \"wrong\"");

        reissue(old, body).then().statusCode(400).body("code", equalTo(code)).body("field", equalTo(field));

        look(old).then().body("state", equalTo("ISSUED"));
    }

    @Test
    void knowsOnlyTheCallersOwn() {
        String old = make("mdm", "\"deviceId\": \"own\"");

        as("another").body("{}").post(PATH + "/" + old + "/reissue").then().statusCode(404);
        as("another")
                .body("{\"ttl\": \"PT2H\"}")
                .post(PATH + "/" + old + "/extend")
                .then()
                .statusCode(404);
        as("op", Roles.OPERATOR)
                .body("{}")
                .post(PATH + "/" + old + "/reissue")
                .then()
                .statusCode(403);
    }

    @Test
    void countsMoreTimeFromTheStart() {
        String id = make("mdm", "\"deviceId\": \"longer\"");

        Response longer = extend(id, "PT3H");

        longer.then().statusCode(200).body("challenge", nullValue());
        assertThat(Duration.between(Instant.parse(longer.path("createdAt")), Instant.parse(longer.path("expiresAt"))))
                .isEqualTo(Duration.ofHours(3));
        assertThat(extend(id, "PT3H").<String>path("expiresAt")).isEqualTo(longer.path("expiresAt"));
    }

    @Test
    void revivesAnExpiredOne() {
        String id = make("mdm", "\"deviceId\": \"late\"");
        rows.expire(UUID.fromString(id));

        extend(id, "PT3H").then().statusCode(200).body("state", equalTo("ISSUED"));
    }

    @ParameterizedTest
    @CsvSource({"PT30M", "P8D", "PT1S"})
    void neitherShortensNorLeavesTheBounds(String ttl) {
        String id = make("mdm", "\"deviceId\": \"bounds\"");

        extend(id, ttl).then().statusCode(400).body("code", equalTo("ttl-out-of-range"));
    }

    @Test
    void doesNotReviveWhatIsOver() {
        String cancelled = make("mdm", "\"deviceId\": \"over\"");
        as("mdm").delete(PATH + "/" + cancelled).then().statusCode(204);

        extend(cancelled, "PT3H").then().statusCode(409).body("code", equalTo("challenge-cancelled"));
        extend(redeemed((byte) 9), "PT3H").then().statusCode(409).body("code", equalTo("challenge-redeemed"));
    }

    private String redeemed(byte serial) {
        String id = make("mdm", "\"deviceId\": \"redeemed\"");
        rows.redeem(UUID.fromString(id), new byte[] {0x7e, serial});
        return id;
    }

    private Row revocation(String id) {
        return rows.sql(
                        "select revocation_reason from certificate where challenge_id = $1",
                        Tuple.of(UUID.fromString(id)))
                .iterator()
                .next();
    }

    private static Response reissue(String id, String body) {
        return as("mdm").body(body).post(PATH + "/" + id + "/reissue");
    }

    private static Response extend(String id, String ttl) {
        return as("mdm").body("{\"ttl\": \"" + ttl + "\"}").post(PATH + "/" + id + "/extend");
    }

    private static Response look(String id) {
        return as("mdm").get(PATH + "/" + id);
    }

    private static int result(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
