package org.scepgate.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.scepgate.testing.TestIssuer.RSA_KEY;
import static org.scepgate.testing.TestIssuer.claims;
import static org.scepgate.testing.TestIssuer.generateRsa;
import static org.scepgate.testing.TestIssuer.sign;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.junit.jupiter.api.Test;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestKeySetServer;

@QuarkusTest
@TestProfile(KeySetUrlTest.KeysBehindUrl.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestKeySetServer.class)
class KeySetUrlTest {
    private static final String PATH = "/api/v1/challenges";

    @ConfigProperty(name = "mp.jwt.verify.publickey.location")
    String keys;

    @Test
    void answersNotNowWhileTheKeysAreAwayAndServesOnceTheyAreThere() {
        String good = token("mdm", Roles.CHALLENGE_ISSUER);

        as(good).then()
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .header("Retry-After", "10")
                .body("code", equalTo("unavailable"));
        given().put(keys).then().statusCode(200);

        Awaitility.await()
                .atMost(RemoteKeySet.RETRY_WITHOUT_KEYS.multipliedBy(4))
                .untilAsserted(() -> as(good).then().statusCode(201));
        as(sign(claims("mdm"), AlgorithmIdentifiers.RSA_USING_SHA256, generateRsa(RSA_KEY)))
                .then()
                .statusCode(401);
        as(sign(claims("mdm"), AlgorithmIdentifiers.RSA_USING_SHA256, generateRsa("unknown")))
                .then()
                .statusCode(401);
    }

    private static Response as(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"profile\": \"demo\", \"subject\": \"CN=device-42\"}")
                .post(PATH);
    }

    /** A start of its own: another test's keys must not be in the cache. */
    public static class KeysBehindUrl extends ChallengeApi {}
}
