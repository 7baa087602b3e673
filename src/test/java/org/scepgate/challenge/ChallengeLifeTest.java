package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;
import static org.scepgate.challenge.ApiClient.make;
import static org.scepgate.challenge.Rows.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.Roles;
import org.scepgate.policy.Rule;
import org.scepgate.policy.Violation;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ChallengeLifeTest {
    private static final String SMALL = "{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\"}";

    @Inject
    Rows rows;

    @Test
    void recordsWhoMadeAndWhoCancelledIt() {
        String id = make("mdm", "\"deviceId\": \"audited\"");
        as("op", Roles.OPERATOR).delete(PATH + "/" + id).then().statusCode(204);

        List<String> events = new ArrayList<>();
        rows.sql(
                        "select action, actor, outcome, source_address from audit_event where object = $1 order by id",
                        Tuple.of("challenge/" + id))
                .forEach(row -> events.add(
                        row.getString(0) + " " + row.getString(1) + " " + row.getString(2) + " " + row.getString(3)));

        assertThat(events)
                .containsExactly("challenge.created mdm success 127.0.0.1", "challenge.cancelled op success 127.0.0.1");
    }

    @Test
    void tellsEachState() {
        String redeemed = make("states", "\"deviceId\": \"states\"");
        rows.redeem(UUID.fromString(redeemed), new byte[] {0x0a, (byte) 0xbc});
        String cancelled = make("states", "\"deviceId\": \"states\"");
        as("states").delete(PATH + "/" + cancelled).then().statusCode(204);
        String expired = make("states", "\"deviceId\": \"states\"");
        rows.expire(UUID.fromString(expired));
        String locked = make("states", "\"deviceId\": \"states\"");
        refuse(locked, TestCatalog.REFUSALS_UNTIL_LOCKED);
        String issued = make("states", "\"deviceId\": \"states\"");

        for (List<String> one : List.of(
                List.of(redeemed, "REDEEMED"),
                List.of(cancelled, "CANCELLED"),
                List.of(expired, "EXPIRED"),
                List.of(locked, "LOCKED"),
                List.of(issued, "ISSUED"))) {
            as("states").get(PATH + "/" + one.get(0)).then().statusCode(200).body("state", equalTo(one.get(1)));
            as("states")
                    .queryParam("state", one.get(1))
                    .queryParam("deviceId", "states")
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .body("items.id", equalTo(List.of(one.get(0))));
        }
        as("states").get(PATH + "/" + redeemed).then().body("certificateSerial", equalTo("0abc"));
    }

    @Test
    void tellsWhatBecameOfTheRequestThatReservedIt() {
        String reserved = make("held", "\"deviceId\": \"held\"");
        rows.hold(UUID.fromString(reserved), Duration.ofDays(1), null);
        String denied = make("held", "\"deviceId\": \"held\"");
        rows.hold(UUID.fromString(denied), Duration.ofDays(1), "DENIED");
        String forgotten = make("held", "\"deviceId\": \"held\"");
        rows.hold(UUID.fromString(forgotten), Duration.ZERO, null);

        for (List<String> one :
                List.of(List.of(reserved, "RESERVED"), List.of(denied, "DENIED"), List.of(forgotten, "EXPIRED"))) {
            as("held").get(PATH + "/" + one.get(0)).then().statusCode(200).body("state", equalTo(one.get(1)));
            as("held")
                    .queryParam("state", one.get(1))
                    .queryParam("deviceId", "held")
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .body("items.id", equalTo(List.of(one.get(0))));
        }
        for (String other : List.of("ISSUED", "LOCKED", "REDEEMED", "CANCELLED")) {
            as("held")
                    .queryParam("state", other)
                    .queryParam("deviceId", "held")
                    .get(PATH)
                    .then()
                    .body("items", hasSize(0));
        }
    }

    @Test
    void deniesTheRequestThatWaitsWithWhatIsCancelledAndNoOther() {
        String waiting = make("mdm", "\"deviceId\": \"waiting\"");
        rows.hold(UUID.fromString(waiting), Duration.ofDays(1), null);
        String other = make("mdm", "\"deviceId\": \"waiting\"");
        rows.hold(UUID.fromString(other), Duration.ofDays(1), null);

        as("op", Roles.OPERATOR).delete(PATH + "/" + waiting).then().statusCode(204);
        as("op", Roles.OPERATOR).delete(PATH + "/" + waiting).then().statusCode(204);

        as("op", Roles.OPERATOR)
                .get("/api/v1/requests/" + waiting)
                .then()
                .body("state", equalTo("DENIED"))
                .body("decidedBy", equalTo("op"))
                .body("reason", equalTo("its challenge was cancelled"));
        as("op", Roles.OPERATOR).get("/api/v1/requests/" + other).then().body("state", equalTo("PENDING"));
        assertThat(rows.sql(
                        "select 1 from audit_event where action = 'request.denied' and object = $1",
                        Tuple.of("request/" + waiting)))
                .hasSize(1);
    }

    @Test
    void tellsWhyADeviceWasRefused() {
        String id = make("mdm", "\"deviceId\": \"refused\"");

        refuse(id, 2);

        as("mdm")
                .get(PATH + "/" + id)
                .then()
                .body("state", equalTo("ISSUED"))
                .body("failedAttemptCount", equalTo(2))
                .body("failedAttempts", hasSize(2))
                .body("failedAttempts[0].sourceAddress", equalTo("192.0.2.7"))
                .body("failedAttempts[0].transactionId", equalTo("txn"))
                .body("failedAttempts[0].violations[0].rule", equalTo("subject.mismatch"))
                .body("failedAttempts[0].violations[0].expected", equalTo("CN=device-42,O=Acme"))
                .body("failedAttempts[0].violations[0].actual", equalTo("CN=device-43,O=Acme"));
    }

    @Test
    void cancelsOnceAndForAll() {
        String id = make("mdm", "\"deviceId\": \"cancel\"");

        as("mdm").delete(PATH + "/" + id).then().statusCode(204);
        as("mdm").delete(PATH + "/" + id).then().statusCode(204);

        as("mdm").get(PATH + "/" + id).then().body("state", equalTo("CANCELLED"));
        assertThat(await(() -> rows.spend(UUID.fromString(id), Instant.now()))).isFalse();
    }

    @Test
    void doesNotCancelARedeemedOne() {
        String id = make("mdm", "\"deviceId\": \"redeemed\"");
        rows.redeem(UUID.fromString(id), new byte[] {0x0b});

        as("mdm")
                .delete(PATH + "/" + id)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("challenge-redeemed"));
        as("mdm").get(PATH + "/" + id).then().body("state", equalTo("REDEEMED"));
    }

    @Test
    void keepsTheChallengesOfClientsApart() {
        String id = make("one", "\"deviceId\": \"apart\"");

        for (String address : List.of(PATH + "/" + id, PATH + "/" + UUID.randomUUID(), PATH + "/nonsense")) {
            as("two").get(address).then().statusCode(404).body("code", equalTo("unknown-challenge"));
            as("two").delete(address).then().statusCode(404).body("code", equalTo("unknown-challenge"));
        }
        as("two").get(PATH).then().body("items.id", not(hasItem(id)));
        for (String role : List.of(Roles.OPERATOR, Roles.AUDITOR)) {
            as("two", role).get(PATH + "/" + id).then().statusCode(200);
            as("two", role).get(PATH).then().body("items.id", hasItem(id));
        }
        as("two", Roles.AUDITOR).delete(PATH + "/" + id).then().statusCode(403);
        as("two", Roles.OPERATOR, Roles.AUDITOR).body(SMALL).post(PATH).then().statusCode(403);
    }

    @Test
    void listsNewestFirstInPages() {
        List<String> made = IntStream.range(0, 5)
                .mapToObj(i -> make("paging", "\"deviceId\": \"a b&c{d}\""))
                .toList();
        List<String> seen = new ArrayList<>();

        Response page = as("paging")
                .queryParam("limit", 2)
                .queryParam("deviceId", "a b&c{d}")
                .get(PATH);
        while (page.path("next") != null) {
            assertThat(page.<List<String>>path("items.id")).hasSize(2);
            seen.addAll(page.path("items.id"));
            page = as("paging").urlEncodingEnabled(false).get(page.<String>path("next"));
        }
        seen.addAll(page.path("items.id"));

        assertThat(seen)
                .containsExactlyElementsOf(
                        made.stream().sorted((a, b) -> b.compareTo(a)).toList());
        assertThat(made).isSorted();
    }

    private void refuse(String id, int times) {
        Violation violation = new Violation(Rule.SUBJECT_MISMATCH, "CN=device-42,O=Acme", "CN=device-43,O=Acme");
        Refusal refusal =
                new Refusal(Instant.now(), List.of(violation), TestCatalog.REFUSALS_UNTIL_LOCKED, "192.0.2.7", "txn");
        for (int i = 0; i < times; i++) {
            await(() -> rows.refuse(UUID.fromString(id), refusal));
        }
    }
}
