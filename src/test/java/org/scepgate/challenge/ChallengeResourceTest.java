package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.RecordedLog;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ChallengeResourceTest {
    private static final String SMALL = "{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\"}";

    @Inject
    Rows rows;

    @Test
    void makesAChallengeWithTheNamesOfItsRequest() {
        Instant before = Instant.now();

        Response answer = as("mdm").body("""
                        {"profile": "demo", "subject": "CN=device-42,O=Acme",
                         "subjectAltNames": {"dns": ["device-42.acme.example"], "email": [], "uri": [], "ip": [], "upn": []},
                         "match": "subset", "ttl": "PT2H", "deviceId": "42", "publicKeySha256": null,
                         "keyUsage": ["digitalSignature"], "extendedKeyUsage": ["clientAuth"], "validity": "P30D"}
                        """).post(PATH);

        answer.then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("Cache-Control", "no-store")
                .body("profile", equalTo("demo"))
                .body("scepUrl", equalTo("https://scep.example/scep/demo"))
                .body("caFingerprintSha256", equalTo(TestCatalog.FINGERPRINT))
                .body("state", equalTo("ISSUED"))
                .body("subject", equalTo("CN=device-42,O=Acme"))
                .body("subjectAltNames.dns", equalTo(List.of("device-42.acme.example")))
                .body("subjectAltNames.upn", hasSize(0))
                .body("match", equalTo("subset"))
                .body("deviceId", equalTo("42"))
                .body("keyUsage", equalTo(List.of("digitalSignature")))
                .body("extendedKeyUsage", equalTo(List.of("clientAuth")))
                .body("createdBy", equalTo("mdm"));
        assertThat(answer.header("Location")).endsWith(PATH + "/" + answer.path("id"));
        assertThat(answer.<String>path("challenge")).matches("[A-Za-z0-9]{24}");
        assertThat(Duration.parse(answer.path("validity"))).isEqualTo(Duration.ofDays(30));
        assertThat(Instant.parse(answer.path("createdAt"))).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(Duration.between(Instant.parse(answer.path("createdAt")), Instant.parse(answer.path("expiresAt"))))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void fillsInWhatTheProfileSays() {
        Response answer = as("mdm").body(SMALL).post(PATH);

        answer.then()
                .statusCode(201)
                .body("match", equalTo("exact"))
                .body("keyUsage", hasItems("digitalSignature", "keyEncipherment"))
                .body("extendedKeyUsage", hasItems("clientAuth", "emailProtection"))
                .body("deviceId", nullValue())
                .body("publicKeySha256", nullValue());
        assertThat(Duration.parse(answer.path("validity"))).isEqualTo(Duration.ofDays(365));
        assertThat(Duration.between(Instant.parse(answer.path("createdAt")), Instant.parse(answer.path("expiresAt"))))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void showsTheSameChallengeLaterWithoutItsSecret() {
        Response made = as("mdm").body(SMALL).post(PATH);

        Response shown = as("mdm").get(PATH + "/" + made.path("id"));

        shown.then()
                .statusCode(200)
                .body("challenge", nullValue())
                .body("failedAttempts", hasSize(0))
                .body("failedAttemptCount", equalTo(0));
        for (String field : List.of("id", "profile", "scepUrl", "subject", "createdAt", "expiresAt", "validity")) {
            assertThat(shown.<String>path(field)).as(field).isEqualTo(made.path(field));
        }
    }

    @Test
    void neverShowsASecretAgainNorWritesItAnywhere() {
        try (RecordedLog log = RecordedLog.of("")) {
            Response made = as("mdm").body(SMALL).post(PATH);
            String secret = made.path("challenge");
            String id = made.path("id");

            String shown = as("mdm").get(PATH + "/" + id).asString();
            String listed = as("mdm").get(PATH).asString();
            as("mdm").delete(PATH + "/" + id);

            assertThat(shown).contains(id).doesNotContain(secret);
            assertThat(listed).contains(id).doesNotContain(secret);
            assertThat(log.lines()).anyMatch(line -> line.contains(id)).noneMatch(line -> line.contains(secret));
            for (String table : List.of("challenge", "audit_event", "challenge_attempt", "certificate")) {
                String statement = "select count(*) from " + table + " t where cast(t.* as text) like $1";
                Row count = rows.sql(statement, Tuple.of("%" + secret + "%"))
                        .iterator()
                        .next();
                assertThat(count.getLong(0)).as(table).isZero();
            }
        }
    }
}
