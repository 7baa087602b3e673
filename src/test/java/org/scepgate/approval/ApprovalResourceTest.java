package org.scepgate.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.platform.Roles;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ApprovalResourceTest {
    private static final String PATH = "/api/v1/requests";
    private static final String REASON = "{\"reason\": \"seen on ticket 4711\"}";

    @Inject
    Pool database;

    @Test
    void showsWhatWaits() throws Throwable {
        UUID id = hold("shown", Duration.ofDays(7));

        as(Roles.AUDITOR)
                .get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("PENDING"))
                .body("profile", equalTo("shown"))
                .body("subject", equalTo("CN=device-42"))
                .body("subjectAltNames.dns", equalTo(List.of("device-42.acme.example")))
                .body("key", equalTo("RSA 2048"))
                .body("publicKeySha256", equalTo("5".repeat(64)))
                .body("transactionId", equalTo("transaction"))
                .body("sourceAddress", equalTo("192.0.2.7"))
                .body("decidedBy", nullValue())
                .body("certificateSerial", nullValue());
    }

    @Test
    void deniesOnceAndForAll() throws Throwable {
        UUID id = hold("denied", Duration.ofDays(7));

        as(Roles.OPERATOR).body(REASON).post(PATH + "/" + id + "/deny").then().statusCode(200);

        as(Roles.OPERATOR)
                .body("{\"reason\": \"another\"}")
                .post(PATH + "/" + id + "/deny")
                .then()
                .statusCode(200)
                .body("state", equalTo("DENIED"))
                .body("decidedBy", equalTo("op"))
                .body("reason", equalTo("seen on ticket 4711"));
        as(Roles.OPERATOR)
                .body(REASON)
                .post(PATH + "/" + id + "/approve")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("request-denied"));
        assertThat(events(id)).containsExactly("request.denied op success seen on ticket 4711");
    }

    @Test
    void decidesNothingTooLate() throws Throwable {
        UUID id = hold("late", Duration.ZERO);

        for (String verdict : List.of("approve", "deny")) {
            as(Roles.OPERATOR)
                    .body(REASON)
                    .post(PATH + "/" + id + "/" + verdict)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("request-expired"));
        }
        as(Roles.OPERATOR).get(PATH + "/" + id).then().body("state", equalTo("EXPIRED"));
    }

    @Test
    void doesNotApproveForAProfileThatIsGone() throws Throwable {
        UUID id = hold("gone", Duration.ofDays(7));

        as(Roles.OPERATOR)
                .body(REASON)
                .post(PATH + "/" + id + "/approve")
                .then()
                .statusCode(409)
                .body("code", equalTo("request-refused"));
        as(Roles.OPERATOR).get(PATH + "/" + id).then().body("state", equalTo("PENDING"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                    | malformed-json | ",
                "{}                    | missing-field  | reason",
                "{\"reason\": \" \"}   | missing-field  | reason",
                "{\"reason\": \"a\\u0000b\"} | invalid-value  | reason",
                "{\"reason\": 7}       | wrong-type     | reason",
                "{\"because\": \"x\"}  | unknown-field  | because"
            })
    void insistsOnAReason(String body, String code, String field) throws Throwable {
        UUID id = hold("reasons", Duration.ofDays(7));

        as(Roles.OPERATOR)
                .body(body)
                .post(PATH + "/" + id + "/deny")
                .then()
                .statusCode(400)
                .body("code", equalTo(code))
                .body("field", equalTo(field));
        as(Roles.OPERATOR).get(PATH + "/" + id).then().body("state", equalTo("PENDING"));
    }

    @Test
    void letsOperatorsDecideAuditorsLookAndOthersNothing() throws Throwable {
        UUID id = hold("roles", Duration.ofDays(7));

        given().get(PATH).then().statusCode(401);
        as(Roles.CHALLENGE_ISSUER).get(PATH).then().statusCode(403);
        as(Roles.CHALLENGE_ISSUER).get(PATH + "/" + id).then().statusCode(403);
        as(Roles.AUDITOR).get(PATH).then().statusCode(200);
        for (String verdict : List.of("approve", "deny")) {
            as(Roles.AUDITOR)
                    .body(REASON)
                    .post(PATH + "/" + id + "/" + verdict)
                    .then()
                    .statusCode(403);
        }
        for (String unknown : List.of(UUID.randomUUID().toString(), "nonsense")) {
            as(Roles.OPERATOR)
                    .get(PATH + "/" + unknown)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown-request"));
            as(Roles.OPERATOR)
                    .body(REASON)
                    .post(PATH + "/" + unknown + "/approve")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void findsNothingForWhatNoDatabaseHolds() {
        String operator = "Bearer " + token("op", "operator");

        given().header("Authorization", operator)
                .queryParam("profile", "demo\u0000")
                .get("/api/v1/requests")
                .then()
                .statusCode(200);
        given().header("Authorization", operator)
                .queryParam("id", "a\u0000")
                .queryParam("profile", "demo\u0000")
                .get("/api/v1/transactions")
                .then()
                .statusCode(404);
    }

    @Test
    void listsByStateNewestFirstInPages() throws Throwable {
        hold("paging", Duration.ZERO);
        UUID denied = hold("paging", Duration.ofDays(7));
        as(Roles.OPERATOR)
                .body(REASON)
                .post(PATH + "/" + denied + "/deny")
                .then()
                .statusCode(200);
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(0, hold("paging", Duration.ofDays(7)).toString());
        }
        List<String> seen = new ArrayList<>();

        Response page = as(Roles.OPERATOR).get(PATH + "?state=pending&profile=paging&limit=2");
        while (page.path("next") != null) {
            assertThat(page.<List<String>>path("items.id")).hasSize(2);
            seen.addAll(page.path("items.id"));
            page = as(Roles.OPERATOR).urlEncodingEnabled(false).get(page.<String>path("next"));
        }
        seen.addAll(page.path("items.id"));

        assertThat(seen).isEqualTo(waiting);
        as(Roles.OPERATOR)
                .get(PATH + "?state=DENIED&profile=paging")
                .then()
                .body("items.id", equalTo(List.of(denied.toString())));
        for (String wrong : List.of("state=held", "limit=201", "after=7")) {
            as(Roles.OPERATOR).get(PATH + "?" + wrong).then().statusCode(400).body("code", equalTo("invalid-value"));
        }
    }

    private static RequestSpecification as(String role) {
        return given().contentType(ContentType.JSON).auth().oauth2(token("op", role));
    }

    private List<String> events(UUID id) throws Throwable {
        List<String> events = new ArrayList<>();
        sql(
                        "select action, actor, outcome, reason from audit_event where object = $1 order by id",
                        Tuple.of("request/" + id))
                .forEach(row -> events.add(String.join(
                        " ", IntStream.range(0, 4).mapToObj(row::getString).toList())));
        return events;
    }

    private UUID hold(String profile, Duration lifetime) throws Throwable {
        Instant now = Instant.now();
        UUID id = TimeOrderedId.at(now);
        OffsetDateTime received = now.atOffset(ZoneOffset.UTC);
        sql("""
                insert into held_request (id, profile, transaction_id, source_address, received_at, expires_at, subject,
                    subject_alt_names, key, csr, spki_sha256, request_sha256, signer_holds_key)
                values ($1, $2, 'transaction', '192.0.2.7', $3, $4, 'CN=device-42',
                    '{"dns": ["device-42.acme.example"]}', 'RSA 2048', $5, repeat('5', 64), repeat('7', 64), true)
                """, Tuple.of(id, profile, received, received.plus(lifetime), Buffer.buffer(new byte[] {0x30, 0})));
        return id;
    }

    private RowSet<Row> sql(String statement, Tuple values) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> database.preparedQuery(statement).execute(values));
    }
}
