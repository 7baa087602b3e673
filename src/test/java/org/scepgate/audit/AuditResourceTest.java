package org.scepgate.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.scepgate.testing.TestIssuer.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestEvents;
import org.scepgate.testing.TestEvents.Event;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(AuditApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class AuditResourceTest {
    private static final String PATH = "/api/v1/audit";
    private static final String JSON_LINES = "application/x-ndjson";
    private static final Event EVENT =
            new Event("mdm-1", "192.0.2.1", "challenge.created", "challenge/a", "success", "{\"profile\": \"p-1\"}");

    @Test
    void findsByEachFieldAndByAllOfThem() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        UUID wanted = TestEvents.add(
                now, new Event("mdm-f", "192.0.2.77", "x.wanted", "thing/f", "alarm", "{\"profile\": \"p-f\"}"));
        TestEvents.add(now, EVENT);
        Map<String, String> filters = Map.of(
                "actor", "mdm-f",
                "sourceAddress", "192.0.2.77",
                "action", "x.wanted",
                "object", "thing/f",
                "profile", "p-f");

        filters.forEach((field, value) ->
                assertThat(ids(list(Map.of(field, value)))).as(field).containsExactly(wanted.toString()));
        assertThat(ids(list(filters))).containsExactly(wanted.toString());
        assertThat(ids(list(Map.of("outcome", "alarm", "action", "x.wanted")))).containsExactly(wanted.toString());
        assertThat(ids(list(Map.of("actor", "mdm-f", "outcome", "success")))).isEmpty();
        assertThat(ids(list(Map.of("object", "th\0ing")))).isEmpty();
        list(filters)
                .then()
                .body("items[0].details.profile", equalTo("p-f"))
                .body("items[0].at", equalTo(now.toString()));
    }

    @Test
    void findsByTime() throws Exception {
        Instant noon = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(7200);
        UUID at = TestEvents.add(noon, new Event("clock", null, "x.time", "thing/t", "success", "{}"));
        UUID later =
                TestEvents.add(noon.plusNanos(500_000), new Event("clock", null, "x.time", "thing/t", "success", "{}"));

        Map<String, String> from = Map.of("actor", "clock", "from", noon.toString());
        Map<String, String> to =
                Map.of("actor", "clock", "to", noon.plusNanos(500_000).toString());
        Map<String, String> none =
                Map.of("actor", "clock", "from", noon.plusSeconds(1).toString());

        assertThat(ids(list(from))).containsExactly(later.toString(), at.toString());
        assertThat(ids(list(to))).containsExactly(at.toString());
        assertThat(ids(list(none))).isEmpty();
    }

    @Test
    void pagesNewestFirst() throws Exception {
        List<String> all = add(5, "paging & more");
        List<String> seen = new ArrayList<>();

        Response page = list(Map.of("actor", "paging & more", "limit", "2"));
        while (page.path("next") != null) {
            assertThat(ids(page)).hasSize(2);
            seen.addAll(ids(page));
            page = as(Roles.AUDITOR).urlEncodingEnabled(false).get(page.<String>path("next"));
        }
        seen.addAll(ids(page));

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void exportsEverythingAsJsonLines() throws Exception {
        List<String> all = add(1203, "exporter");

        Response export = as(Roles.AUDITOR)
                .accept(JSON_LINES)
                .queryParams("actor", "exporter", "from", "2026-01-01T00:00:00Z", "limit", "1")
                .get(PATH);

        assertThat(export.statusCode()).as(export.asString()).isEqualTo(200);
        assertThat(export.contentType()).startsWith(JSON_LINES);
        List<String> ids = new ArrayList<>();
        for (String line : export.asString().split("\n")) {
            ids.add(new ObjectMapper().readTree(line).get("id").asText());
        }
        assertThat(ids).isEqualTo(all);
    }

    @Test
    void exportsOnlyFromABeginningOn() {
        as(Roles.AUDITOR)
                .accept(JSON_LINES)
                .get(PATH)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("missing-field"))
                .body("field", equalTo("from"));
    }

    @Test
    void isForAuditorsAndOperators() {
        given().get(PATH).then().statusCode(401);
        as(Roles.CHALLENGE_ISSUER).get(PATH).then().statusCode(403);
        as(Roles.CHALLENGE_ISSUER).accept(JSON_LINES).get(PATH).then().statusCode(403);
        as(Roles.OPERATOR).get(PATH).then().statusCode(200);
        as(Roles.AUDITOR).get(PATH).then().statusCode(200);
        for (String wrong : List.of("from=yesterday", "to=1969-01-01T00:00:00Z", "limit=0", "after=7")) {
            as(Roles.AUDITOR).get(PATH + "?" + wrong).then().statusCode(400).body("code", equalTo("invalid-value"));
        }
    }

    @Test
    void takesTheAddressFromATrustedProxy() {
        String id = given().auth()
                .oauth2(token("mdm-proxied", Roles.CHALLENGE_ISSUER))
                .header("X-Forwarded-For", "203.0.113.9")
                .contentType("application/json")
                .body("{\"profile\": \"demo\", \"subject\": \"CN=proxied\"}")
                .post("/api/v1/challenges")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        list(Map.of("object", "challenge/" + id))
                .then()
                .body("items", hasSize(1))
                .body("items[0].sourceAddress", equalTo("203.0.113.9"));
    }

    private static List<String> add(int count, String actor) throws Exception {
        List<String> newestFirst = new ArrayList<>();
        Instant start = Instant.now().minusSeconds(60);
        try (Connection connection = TestEvents.connect()) {
            for (int i = 0; i < count; i++) {
                Event event = new Event(actor, null, "x.added", "thing/" + i, "success", "{}");
                newestFirst.add(
                        0,
                        TestEvents.add(connection, start.plusMillis(i), event).toString());
            }
        }
        return newestFirst;
    }

    private static Response list(Map<String, String> query) {
        return as(Roles.AUDITOR).queryParams(query).get(PATH);
    }

    private static List<String> ids(Response page) {
        assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
        return page.path("items.id");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(token("auditor", role));
    }
}
