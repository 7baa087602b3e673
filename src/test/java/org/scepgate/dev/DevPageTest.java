package org.scepgate.dev;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;

@QuarkusTest
@WithTestResource(PostgresTestResource.class)
@WithTestResource(CaTestResource.class)
@WithTestResource(DevKeysResource.class)
class DevPageTest {
    @Test
    void showsFingerprintsUrlsAndCommands() {
        when().get("/")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(matchesPattern("(?s).*SHA-256</dt><dd><code>([0-9A-F]{2}:){31}[0-9A-F]{2}<.*"))
                .body(matchesPattern("(?s).*SHA-1</dt><dd><code>([0-9A-F]{2}:){19}[0-9A-F]{2}<.*"))
                .body(containsString("<code>https://scep.example/scep/demo</code>"))
                .body(containsString("pki --scep --url https://scep.example/scep/demo"))
                .body(containsString(">UP<"))
                .body(not(containsString("{{")));
    }

    @Test
    void givesATokenThatTheApiAccepts() {
        String token = when().get("/dev/token").then().statusCode(200).extract().asString();

        given().auth().oauth2(token).when().get("/api/v1/challenges").then().statusCode(200);
    }

    @Test
    void givesATokenWithTheRolesNamed() {
        String token = when().get("/dev/token?roles=auditor")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .asString();

        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"profile\": \"demo\", \"subject\": \"CN=device\"}")
                .when()
                .post("/api/v1/challenges")
                .then()
                .statusCode(403);
    }

    @Test
    void knowsNoOtherRoles() {
        when().get("/dev/token?roles=auditor,root")
                .then()
                .statusCode(400)
                .body(containsString("auditor, challenge-issuer"));
    }

    @Test
    void staysOutOfTheDescriptionOfTheApi() {
        when().get("/q/openapi").then().statusCode(200).body(not(containsString("/dev/token")));
    }
}
