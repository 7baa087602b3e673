package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.PropertyListReader;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class FormatTest {
    private static final String APPLE = "application/x-apple-aspen-config";
    private static final String WINDOWS = "application/vnd.ms-windows.csp+xml";
    private static final String BODY = "{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "application/json, " + APPLE + ";q=0.5 | application/json",
                APPLE + ", application/json;q=0.5 | " + APPLE,
                APPLE + " | " + APPLE,
                WINDOWS + " | " + WINDOWS
            })
    void answersInWhatIsAccepted(String accept, String mediaType) {
        as("mdm")
                .header("Accept", accept)
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(201)
                .header("Content-Type", startsWith(mediaType))
                .header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "mobileconfig, " + APPLE, "syncml, " + WINDOWS})
    void answersInTheFormatOfTheAddress(String format, String mediaType) {
        as("mdm")
                .queryParam("format", format)
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(201)
                .header("Content-Type", startsWith(mediaType));
    }

    @Test
    void saysWhereTheChallengeOfAProfileIs() {
        Response made = as("mdm").accept(APPLE).body(BODY).post(PATH);

        Map<String, Object> profile = PropertyListReader.read(made.asByteArray());
        String id = made.header("Location").replaceAll(".*/", "");

        assertThat(profile.get("PayloadIdentifier")).isEqualTo("org.scepgate." + id);
        as("mdm").get(PATH + "/" + id).then().statusCode(200).body("state", equalTo("ISSUED"));
    }

    @Test
    void answersInNothingElse() {
        as("mdm")
                .accept("text/csv")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(406)
                .body("code", equalTo("not-acceptable"));
        as("mdm")
                .queryParam("format", "pdf")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(400)
                .body("field", equalTo("format"));
    }

    @Test
    void makesNoChallengeThatTheFormatHasNoWordsFor() {
        String body =
                "{\"profile\": \"demo\", \"deviceId\": \"wordless\", \"subjectAltNames\": {\"ip\": [\"192.0.2.1\"]}}";

        as("mdm")
                .accept(APPLE)
                .body(body)
                .post(PATH)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("not-expressible"));

        assertThat(as("mdm")
                        .queryParam("deviceId", "wordless")
                        .get(PATH)
                        .jsonPath()
                        .getList("items"))
                .isEmpty();
    }
}
