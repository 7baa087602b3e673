package org.scepgate.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestEvents;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(QuietEvents.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class WebhookResourceTest {
    private static final String PATH = "/api/v1/webhooks";
    private static final String DELIVERIES = PATH + "/mdm/deliveries";

    @BeforeEach
    void beginsWithoutDeliveries() throws SQLException {
        EventRows.update("delete from event_delivery where webhook in ('mdm', 'all')");
        EventRows.update("delete from event_webhook where name in ('mdm', 'all')");
    }

    private static RequestSpecification as(String client, String role) {
        return given().auth().oauth2(token(client, role));
    }

    private static UUID queue(String state) throws SQLException {
        return EventRows.queue("mdm", Instant.now(), state);
    }

    @Test
    void showsOperatorsAllAndAClientItsOwn() {
        as("op", Roles.AUDITOR)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("items.name", contains("all", "mdm"))
                .body("items[0].url", equalTo("https://all.example/hook"))
                .body("items[0].state", equalTo("OK"))
                .body("items[1].clients", contains("mdm-1"))
                .body("items[1].events", hasItems("certificate.issued", "challenge.reused"));
        as("mdm-1", Roles.CHALLENGE_ISSUER).get(PATH).then().body("items.name", contains("mdm"));
        as("mdm-2", Roles.CHALLENGE_ISSUER).get(PATH).then().body("items", hasSize(0));
        as("mdm-2", Roles.CHALLENGE_ISSUER)
                .get(DELIVERIES)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-webhook"));
        given().get(PATH).then().statusCode(401);
    }

    @Test
    void showsHowAReceiverIsDoing() throws SQLException {
        queue("PENDING");
        queue("DEAD");
        EventRows.update("update event_webhook set failures = 7, failing_since = now(), retry_at = now()");

        as("op", Roles.OPERATOR)
                .get(PATH)
                .then()
                .body("items[1].state", equalTo("FAILING"))
                .body("items[1].pending", equalTo(1))
                .body("items[1].dead", equalTo(1))
                .body("items[1].failingSince", notNullValue())
                .body("items[1].oldestPendingAt", notNullValue());
    }

    @Test
    void listsDeliveriesByStateInPages() throws SQLException {
        List<String> dead = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queue("DELIVERED");
            dead.add(0, queue("DEAD").toString());
        }
        List<String> seen = new ArrayList<>();

        Response page = as("mdm-1", Roles.CHALLENGE_ISSUER).get(DELIVERIES + "?state=dead&limit=2");
        while (page.path("next") != null) {
            assertThat(page.<List<String>>path("items.id")).hasSize(2);
            seen.addAll(page.path("items.id"));
            page = as("mdm-1", Roles.CHALLENGE_ISSUER).urlEncodingEnabled(false).get(page.<String>path("next"));
        }
        seen.addAll(page.path("items.id"));

        assertThat(seen).isEqualTo(dead);
        page.then().body("items[0].event.id", equalTo(dead.get(4))).body("items[0].state", equalTo("DEAD"));
        as("op", Roles.AUDITOR).get(DELIVERIES).then().body("items", hasSize(10));
        for (String wrong : List.of("state=lost", "limit=0", "after=7")) {
            as("op", Roles.AUDITOR).get(DELIVERIES + "?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void letsOperatorsSendAgain() throws SQLException {
        UUID one = queue("DEAD");
        UUID delivered = queue("DELIVERED");
        queue("DEAD");
        queue("DEAD");

        as("op", Roles.AUDITOR).post(DELIVERIES + "/replay").then().statusCode(403);
        as("mdm-1", Roles.CHALLENGE_ISSUER)
                .post(DELIVERIES + "/" + one + "/replay")
                .then()
                .statusCode(403);
        for (UUID again : List.of(one, delivered)) {
            as("op", Roles.OPERATOR)
                    .post(DELIVERIES + "/" + again + "/replay")
                    .then()
                    .statusCode(200)
                    .body("replayed", equalTo(1));
        }
        assertThat(EventRows.count("mdm", "DEAD")).isEqualTo(2);
        as("op", Roles.OPERATOR)
                .post(DELIVERIES + "/replay")
                .then()
                .statusCode(200)
                .body("replayed", equalTo(2));
        as("op", Roles.OPERATOR).post(DELIVERIES + "/replay").then().body("replayed", equalTo(0));

        assertThat(EventRows.count("mdm", "PENDING")).isEqualTo(4);
        assertThat(TestEvents.number("select count(*) from audit_event where action = 'webhook.replayed'"
                        + " and object = 'webhook/mdm' and actor = 'op'"))
                .isEqualTo(3);
    }

    @Test
    void knowsNothingOfWhatIsNotThere() {
        for (String unknown : List.of(UUID.randomUUID().toString(), "no-id")) {
            as("op", Roles.OPERATOR)
                    .post(DELIVERIES + "/" + unknown + "/replay")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-delivery"));
        }
        as("op", Roles.OPERATOR)
                .post(PATH + "/none/deliveries/replay")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-webhook"));
    }
}
