package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class RepeatedRequestTest {
    private static final String BODY = "{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\"}";
    private static final String SAME = "{ \"subject\":\"CN=device-42,O=Acme\", \"ttl\":null, \"profile\":\"demo\" }";

    @Inject
    Rows rows;

    @Test
    void givesTheVerySameAnswerAgain() {
        String key = UUID.randomUUID().toString();

        Response first = post("mdm", key, BODY);
        Response again = post("mdm", key, SAME);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        again.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Cache-Control", "no-store")
                .header("Location", equalTo(first.header("Location")));
        assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(first.<String>path("challenge")).hasSize(24);
    }

    @Test
    void refusesTheKeyForAnotherRequest() {
        String key = UUID.randomUUID().toString();
        post("mdm", key, BODY).then().statusCode(201);

        post("mdm", key, BODY.replace("42", "43"))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        as("mdm")
                .header("Idempotency-Key", key)
                .queryParam("format", "syncml")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(422);
    }

    @Test
    void keepsKeysOfCallersApart() {
        String key = UUID.randomUUID().toString();

        String first = post("mdm", key, BODY).path("id");
        String other = post("another", key, BODY).path("id");

        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void makesOneChallengeOfParallelRequests() throws Exception {
        String key = UUID.randomUUID().toString();
        String client = "racer-" + key;
        ExecutorService callers = Executors.newFixedThreadPool(50);

        List<String> bodies = new ArrayList<>();
        for (Future<String> answer : callers.invokeAll(IntStream.range(0, 50)
                .<Callable<String>>mapToObj(i -> () -> {
                    Response response = post(client, key, BODY);
                    assertThat(response.statusCode()).isEqualTo(201);
                    return response.asString();
                })
                .toList())) {
            bodies.add(answer.get());
        }
        callers.shutdown();

        assertThat(bodies).hasSize(50).containsOnly(bodies.get(0));
        assertThat(count("select count(*) from challenge where created_by = $1", client))
                .isEqualTo(1);
        assertThat(count("select count(*) from audit_event where actor = $1", client))
                .isEqualTo(1);
    }

    @Test
    void forgetsAfterADay() {
        String key = UUID.randomUUID().toString();
        String first = post("mdm", key, BODY).path("id");
        rows.sql(
                "update idempotent_answer set created_at = created_at - interval '24 hours' where key = $1",
                Tuple.of(key));

        Response later = post("mdm", key, BODY.replace("42", "43"));

        later.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        assertThat(later.<String>path("id")).isNotEqualTo(first);
    }

    @Test
    void keepsNoSecretInClear() {
        String key = UUID.randomUUID().toString();
        String secret = post("mdm", key, BODY).path("challenge");

        byte[] sealed = rows.sql("select sealed from idempotent_answer where key = $1", Tuple.of(key))
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();

        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(secret);
    }

    @Test
    void remembersNoRefusal() {
        String key = UUID.randomUUID().toString();
        post("mdm", key, "{\"profile\": \"nosuch\", \"subject\": \"CN=a\"}")
                .then()
                .statusCode(400);

        post("mdm", key, BODY).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00fc"})
    void refusesAKeyThatIsNone(String key) {
        post("mdm", key, BODY)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-value"))
                .body("field", equalTo("Idempotency-Key"));
    }

    @Test
    void refusesALongKeyAndTwoKeys() {
        post("mdm", "k".repeat(256), BODY).then().statusCode(400);
        as("mdm")
                .header("Idempotency-Key", "a", "b")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(400);
    }

    private static Response post(String client, String key, String body) {
        return as(client).header("Idempotency-Key", key).body(body).post(PATH);
    }

    private long count(String statement, String value) {
        return rows.sql(statement, Tuple.of(value)).iterator().next().getLong(0);
    }
}
