package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class BatchTest {
    private static final String BATCH = PATH + "/batch";

    @Inject
    Rows rows;

    @Test
    void makesAThousandAtOnceInTheirOrder() {
        String client = "bulk-" + UUID.randomUUID();
        String padding = "x".repeat(200);

        Response answer = as(client)
                .body(batch("all-or-nothing", 1000, "\"deviceId\": \"" + padding + "\","))
                .post(BATCH);

        answer.then().statusCode(201).body("created", equalTo(1000)).body("refused", equalTo(0));
        List<String> subjects = answer.path("items.challenge.subject");
        assertThat(subjects)
                .isEqualTo(IntStream.range(0, 1000)
                        .mapToObj(i -> "CN=device-" + i + ",O=Acme")
                        .toList());
        assertThat(new HashSet<>(answer.<List<String>>path("items.challenge.challenge")))
                .hasSize(1000);
        assertThat(madeBy(client)).isEqualTo(1000);
        assertThat(rows.sql("select count(*) from audit_event where actor = $1", Tuple.of(client))
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1000);
    }

    @Test
    void makesNoneWhereOneIsRefused() {
        String client = "none-" + UUID.randomUUID();

        as(client)
                .body(withBadItem("all-or-nothing"))
                .post(BATCH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-binding"))
                .body("field", equalTo("items[1].subject"));

        assertThat(madeBy(client)).isZero();
    }

    @Test
    void makesTheOthersPerItem() {
        String client = "some-" + UUID.randomUUID();

        as(client)
                .body(withBadItem("per-item"))
                .post(BATCH)
                .then()
                .statusCode(207)
                .header("Cache-Control", "no-store")
                .body("created", equalTo(2))
                .body("refused", equalTo(1))
                .body("items", hasSize(3))
                .body("items[0].challenge.challenge", notNullValue())
                .body("items[1].challenge", nullValue())
                .body("items[1].problem.code", equalTo("invalid-binding"))
                .body("items[1].problem.field", equalTo("subject"))
                .body("items[2].challenge.subject", equalTo("CN=device-2,O=Acme"));

        assertThat(madeBy(client)).isEqualTo(2);
    }

    @Test
    void givesTheSameBatchAgain() {
        String client = "twice-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();

        Response first = as(client)
                .header("Idempotency-Key", key)
                .body(batch("per-item", 3, ""))
                .post(BATCH);
        Response again = as(client)
                .header("Idempotency-Key", key)
                .body(batch("per-item", 3, ""))
                .post(BATCH);

        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(madeBy(client)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          | missing-field  | items",
                "{'items': []}                               | invalid-value  | items",
                "{'items': [null]}                           | wrong-type     | items[0]",
                "{'items': [{'profile': 'demo', 'x': 1}]}    | unknown-field  | items[0].x",
                "{'items': [{'profile': 5}]}                 | wrong-type     | items[0].profile",
                "{'items': [{'subject': 'CN=a'}]}            | missing-field  | items[0].profile",
                "{'mode': 'some', 'items': [{'profile': 'demo', 'subject': 'CN=a'}]} | invalid-value | mode",
            })
    void namesWhatIsWrong(String body, String code, String field) {
        as("mdm")
                .body(body.replace('\'', '"'))
                .post(BATCH)
                .then()
                .statusCode(400)
                .body("code", equalTo(code))
                .body("field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"null", "[]", "{", "`{} {}`"})
    void refusesWhatIsNoObject(String body) {
        as("mdm").body(body).post(BATCH).then().statusCode(400).body("code", equalTo("malformed-json"));
    }

    @Test
    void takesNoMoreThanAThousandAndTwoMegabytes() {
        as("mdm")
                .body(batch("per-item", 1001, ""))
                .post(BATCH)
                .then()
                .statusCode(400)
                .body("field", equalTo("items"));
        as("mdm")
                .body("x".repeat(2 * 1024 * 1024 + 1))
                .post(BATCH)
                .then()
                .statusCode(413)
                .body("code", equalTo("payload-too-large"));
    }

    private static String withBadItem(String mode) {
        return batch(mode, 3, "").replace("CN=device-1,O=Acme", "nonsense");
    }

    private static String batch(String mode, int size, String more) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"profile\": \"demo\", " + more + " \"subject\": \"CN=device-" + i + ",O=Acme\"}")
                .collect(Collectors.joining(",", "{\"mode\": \"" + mode + "\", \"items\": [", "]}"));
    }

    private long madeBy(String client) {
        return rows.sql("select count(*) from challenge where created_by = $1", Tuple.of(client))
                .iterator()
                .next()
                .getLong(0);
    }
}
