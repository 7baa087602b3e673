package org.scepgate.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.scepgate.testing.TestIssuer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.EventReader;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestEvents;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class EventStreamTest {
    private static final String PATH = "/api/v1/events";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TestHTTPResource(PATH)
    URI url;

    private EventReader open(String client, String role, String query, String last) {
        return EventReader.open(URI.create(url + query), token(client, role), Optional.ofNullable(last));
    }

    private static String challengeOf(String client) {
        return given().contentType(ContentType.JSON)
                .auth()
                .oauth2(token(client, Roles.CHALLENGE_ISSUER))
                .body("{\"profile\": \"demo\", \"subject\": \"CN=streamed\", \"deviceId\": \"device-7\"}")
                .post("/api/v1/challenges")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** As an enrolment leaves it. */
    private static void refuse(String challenge, String action) throws Exception {
        TestEvents.add(
                Instant.now(),
                new TestEvents.Event(
                        "device",
                        "192.0.2.1",
                        action,
                        "challenge/" + challenge,
                        "refused",
                        "{\"profile\": \"demo\", \"challengeId\": \"" + challenge + "\"}"));
    }

    private static void awaitEvents(EventReader reader, int events) {
        await().atMost(SOON).until(() -> reader.events().size() >= events);
    }

    @Test
    void tellsOperatorsAllAndAClientItsOwn() throws Exception {
        String mine = challengeOf("mdm-own");
        String others = challengeOf("mdm-other");
        try (EventReader operator = open("op", Roles.OPERATOR, "", null);
                EventReader client = open("mdm-own", Roles.CHALLENGE_ISSUER, "", null)) {
            refuse(others, "enrollment.refused");
            refuse(mine, "challenge.reused");
            awaitEvents(operator, 2);
            awaitEvents(client, 1);

            assertThat(operator.types()).containsSubsequence("challenge.refused", "challenge.reused");
            assertThat(client.types()).containsExactly("challenge.reused");
            JsonNode data = new ObjectMapper().readTree(client.events().get(0).get("data"));
            assertThat(data.get("id").asText()).isEqualTo(client.ids().get(0));
            assertThat(data.get("challengeId").asText()).isEqualTo(mine);
            assertThat(data.get("client").asText()).isEqualTo("mdm-own");
            assertThat(data.get("deviceId").asText()).isEqualTo("device-7");
            assertThat(client.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(client.header("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void goesOnAfterTheLastEventThatWasSeen() throws Exception {
        String challenge = challengeOf("mdm-resume");
        String seen;
        try (EventReader first = open("mdm-resume", Roles.CHALLENGE_ISSUER, "", null)) {
            refuse(challenge, "enrollment.refused");
            awaitEvents(first, 1);
            seen = first.ids().get(0);
        }
        refuse(challenge, "challenge.reused");
        refuse(challenge, "challenge.locked");

        try (EventReader again = open("mdm-resume", Roles.CHALLENGE_ISSUER, "", seen);
                EventReader old = open("mdm-resume", Roles.CHALLENGE_ISSUER, "", new UUID(1L << 16, 0).toString())) {
            awaitEvents(again, 2);
            awaitEvents(old, 3);

            assertThat(again.types()).containsExactly("challenge.reused", "challenge.locked");
            assertThat(old.ids()).hasSize(3).startsWith(seen);
        }
    }

    @Test
    void tellsOfManyOnceEachAndInTheirOrder() throws Exception {
        String challenge = challengeOf("mdm-portions");
        try (EventReader reader = open("mdm-portions", Roles.CHALLENGE_ISSUER, "", null)) {
            assertThat(reader.status()).isEqualTo(200);
            TestEvents.update("""
                    insert into audit_event (id, at, actor, action, object, outcome, details)
                    select ('01a00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), 'device',
                        'challenge.reused', 'challenge/%1$s', 'refused',
                        jsonb_build_object('profile', 'demo', 'challengeId', '%1$s', 'transactionId', n::text)
                    from generate_series(1, 350) n
                    """.formatted(challenge));
            awaitEvents(reader, 350);

            List<String> told = new ArrayList<>();
            for (Map<String, String> event : reader.events()) {
                told.add(new ObjectMapper()
                        .readTree(event.get("data"))
                        .get("transactionId")
                        .asText());
            }
            assertThat(told)
                    .isEqualTo(IntStream.rangeClosed(1, 350)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void headIsAnsweredAsGetAndTakesNoPlace() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(url)
                .method("HEAD", BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token("mdm-head", Roles.CHALLENGE_ISSUER))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        // More than one caller may have open, on one connection.
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = client.send(head, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        }
        try (EventReader reader = open("mdm-head", Roles.CHALLENGE_ISSUER, "", null)) {
            refuse(challengeOf("mdm-head"), "enrollment.refused");
            awaitEvents(reader, 1);
        }
    }

    @Test
    void tellsOnlyTheTypesThatWereAskedFor() throws Exception {
        String challenge = challengeOf("mdm-types");
        try (EventReader some =
                open("mdm-types", Roles.CHALLENGE_ISSUER, "?types=certificate.*,challenge.locked", null)) {
            refuse(challenge, "challenge.reused");
            refuse(challenge, "challenge.locked");
            awaitEvents(some, 1);

            assertThat(some.types()).containsExactly("challenge.locked");
        }
    }

    @Test
    void givesASignOfLife() {
        try (EventReader reader = open("mdm-idle", Roles.CHALLENGE_ISSUER, "", null)) {
            await().atMost(SOON).until(() -> reader.comments() >= 3);

            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void endsWithTheToken() {
        JwtClaims claims = TestIssuer.claims("mdm-short", Roles.CHALLENGE_ISSUER);
        claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 3));
        String token =
                TestIssuer.sign(claims, AlgorithmIdentifiers.RSA_USING_SHA256, TestIssuer.key(TestIssuer.RSA_KEY));

        try (EventReader reader = EventReader.open(url, token, Optional.empty())) {
            assertThat(reader.status()).isEqualTo(200);
            await().atMost(SOON).until(reader::hasEnded);

            assertThat(Instant.now().getEpochSecond())
                    .isGreaterThanOrEqualTo(
                            claims.getClaimValue("exp") instanceof Number end ? end.longValue() : Long.MAX_VALUE);
        }
    }

    @Test
    void opensNoMoreStreamsThanItMayAndLetsGoOfThoseThatEnded() {
        List<EventReader> open = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                open.add(open("mdm-many", Roles.CHALLENGE_ISSUER, "", null));
            }
            isTooMany("mdm-many", "this caller has as many streams open as it may");
            for (int i = 0; i < 2; i++) {
                open.add(open("mdm-few", Roles.CHALLENGE_ISSUER, "", null));
            }
            assertThat(open).extracting(EventReader::status).containsOnly(200);
            isTooMany("mdm-few", "this server has as many streams open as it may");
        } finally {
            open.forEach(EventReader::close);
        }
        await().atMost(SOON).until(() -> {
            try (EventReader next = open("mdm-many", Roles.CHALLENGE_ISSUER, "", null)) {
                return next.status() == 200;
            }
        });
    }

    private static void isTooMany(String client, String detail) {
        as(client, Roles.CHALLENGE_ISSUER)
                .get(PATH)
                .then()
                .statusCode(429)
                .header("Retry-After", "10")
                .contentType("application/problem+json")
                .body("code", equalTo("too-many-streams"))
                .body("detail", equalTo(detail));
    }

    @Test
    void findsWhatIsFarBehindTheEventsOfOthers() throws Exception {
        String challenge = challengeOf("mdm-quiet");
        try (EventReader first = open("mdm-quiet", Roles.CHALLENGE_ISSUER, "", null)) {
            refuse(challenge, "enrollment.refused");
            awaitEvents(first, 1);
            EventRows.update(
                    "insert into event (id, type, at, client, body) select gen_random_uuid(), 'certificate.issued', now(),"
                            + " 'mdm-loud', '{}' from generate_series(1, ?)",
                    2 * StreamStore.NUMBERS_AT_ONCE + 1);
            refuse(challenge, "challenge.locked");
            awaitEvents(first, 2);

            try (EventReader again =
                    open("mdm-quiet", Roles.CHALLENGE_ISSUER, "", first.ids().get(0))) {
                awaitEvents(again, 1);

                assertThat(again.types()).containsExactly("challenge.locked");
            }
        } finally {
            EventRows.update("delete from event where client = 'mdm-loud'");
        }
    }

    @Test
    void tellsAnAlarmToThoseWhoSeeAll() throws Exception {
        try (EventReader operator = open("op", Roles.OPERATOR, "?types=alarm.*", null);
                EventReader client = open("mdm-alarmed", Roles.CHALLENGE_ISSUER, "", null)) {
            TestEvents.add(
                    Instant.now(),
                    new TestEvents.Event(
                            "scepgate",
                            null,
                            "alarm.failed-challenges",
                            "client/mdm-alarmed",
                            "alarm",
                            "{\"count\": 51, \"window\": \"PT15M\"}"));
            refuse(challengeOf("mdm-alarmed"), "enrollment.refused");
            awaitEvents(operator, 1);
            awaitEvents(client, 1);

            JsonNode data = new ObjectMapper().readTree(operator.events().get(0).get("data"));
            assertThat(data.at("/alarm/kind").asText()).isEqualTo("alarm.failed-challenges");
            assertThat(data.at("/alarm/object").asText()).isEqualTo("client/mdm-alarmed");
            assertThat(data.at("/alarm/count").asInt()).isEqualTo(51);
            assertThat(client.types()).containsExactly("challenge.refused");
        }
    }

    @Test
    void refusesWhatItCannotTell() {
        for (Map.Entry<String, String> wrong :
                Map.of("types", "challenge.eaten", "Last-Event-ID", "7").entrySet()) {
            as("op", Roles.OPERATOR)
                    .queryParam("types", wrong.getKey().equals("types") ? wrong.getValue() : "challenge.*")
                    .header("Last-Event-ID", wrong.getKey().equals("types") ? "" : wrong.getValue())
                    .get(PATH)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-value"))
                    .body("field", equalTo(wrong.getKey()));
        }
        given().accept("text/event-stream").get(PATH).then().statusCode(401);
        as("op", "nobody").get(PATH).then().statusCode(403);
    }

    private static RequestSpecification as(String client, String role) {
        return given().accept("text/event-stream").auth().oauth2(token(client, role));
    }
}
