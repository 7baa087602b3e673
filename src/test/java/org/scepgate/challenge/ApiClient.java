package org.scepgate.challenge;

import static io.restassured.RestAssured.given;
import static org.scepgate.testing.TestIssuer.token;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.scepgate.platform.Roles;

/** A client of the challenge API. */
final class ApiClient {
    static final String PATH = "/api/v1/challenges";

    private ApiClient() {}

    /** With the role of a challenge-issuer where none is named. */
    static RequestSpecification as(String client, String... roles) {
        String[] held = roles.length == 0 ? new String[] {Roles.CHALLENGE_ISSUER} : roles;
        return given().contentType(ContentType.JSON).auth().oauth2(token(client, held));
    }

    static String make(String client, String field) {
        return as(client)
                .body("{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\", " + field + "}")
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
