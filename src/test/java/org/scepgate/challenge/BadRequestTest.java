package org.scepgate.challenge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.scepgate.testing.TestIssuer.token;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class BadRequestTest {
    private static final String PATH = "/api/v1/challenges";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'subject': 'CN=a'}                                             | missing-field    | profile",
                "{'profile': null, 'subject': 'CN=a'}                            | missing-field    | profile",
                "{'profile': 'nosuch', 'subject': 'CN=a'}                        | unknown-profile  | profile",
                "{'profile': 'demo', 'subject': 'CN'}                            | invalid-binding  | subject",
                "{'profile': 'demo', 'subject': 'CN=a\\u0000b'}                  | invalid-binding  | subject",
                "{'profile': 'demo', 'subject': 'CN=Test CA'}                    | invalid-binding  | subject",
                "{'profile': 'demo', 'subject': 'CN=a', 'oops': 1}               | unknown-field    | oops",
                "{'profile': 'demo', 'subject': 'CN=a', 'Match': 'exact'}        | unknown-field    | Match",
                "{'profile': 'demo', 'subjectAltNames': {'dnsName': []}}         | unknown-field    | subjectAltNames.dnsName",
                "{'profile': 'demo', 'subjectAltNames': {'dns': 'a.example'}}    | wrong-type       | subjectAltNames.dns",
                "{'profile': 'demo', 'subjectAltNames': {'dns': ['a', 1]}}       | wrong-type       | subjectAltNames.dns[1]",
                "{'profile': 'demo', 'subjectAltNames': []}                      | wrong-type       | subjectAltNames",
                "{'profile': 'demo', 'subject': 'CN=a', 'subjectAltNames': {'dns': ['a b']}}       | invalid-binding | subjectAltNames.dns[0]",
                "{'profile': 'demo', 'subject': 'CN=a', 'subjectAltNames': {'ip': ['::1', 'x']}}   | invalid-binding | subjectAltNames.ip[1]",
                "{'profile': 'demo', 'subject': 'CN=a', 'match': 'EXACTLY'}      | invalid-binding  | match",
                "{'profile': 'demo', 'subject': 'CN=a', 'ttl': '1h'}             | invalid-value    | ttl",
                "{'profile': 'demo', 'subject': 'CN=a', 'ttl': 'PT59S'}          | ttl-out-of-range | ttl",
                "{'profile': 'demo', 'subject': 'CN=a', 'ttl': 'P7DT1S'}         | ttl-out-of-range | ttl",
                "{'profile': 'demo', 'subject': 'CN=a', 'ttl': 'PT-1H'}          | ttl-out-of-range | ttl",
                "{'profile': 'demo', 'subject': 'CN=a', 'ttl': 3600}             | wrong-type       | ttl",
                "{'profile': 'demo', 'subject': 'CN=a', 'deviceId': 42}          | wrong-type       | deviceId",
                "{'profile': 'demo', 'subject': 'CN=a', 'deviceId': ''}          | invalid-value    | deviceId",
                "{'profile': 'demo', 'subject': 'CN=a', 'deviceId': 'a\\nb'}     | invalid-value    | deviceId",
                "{'profile': 'demo', 'subject': 'CN=a', 'deviceId': '\\u0000'}   | invalid-value    | deviceId",
                "{'profile': 'demo', 'subject': 'CN=a', 'publicKeySha256': 'ab'} | invalid-binding  | publicKeySha256",
                "{'profile': 'demo', 'subject': 'CN=a', 'keyUsage': 'digitalSignature'}   | wrong-type      | keyUsage",
                "{'profile': 'demo', 'subject': 'CN=a', 'keyUsage': ['keyCertSign']}      | invalid-binding | keyUsage[0]",
                "{'profile': 'demo', 'subject': 'CN=a', 'extendedKeyUsage': ['nonsense']} | invalid-binding | extendedKeyUsage[0]",
                "{'profile': 'demo', 'subject': 'CN=a', 'validity': 'P2000D'}    | invalid-binding  | validity",
                "{'profile': 'demo', 'subject': 'CN=a', 'validity': 'soon'}      | invalid-binding  | validity",
            })
    void namesTheFieldThatIsWrong(String body, String code, String field) {
        isProblem(issuer().body(body.replace('\'', '"')).post(PATH).then(), 400, code)
                .body("field", startsWith(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "\"x\"", "{", "{\"profile\":}", "{} {}", "{\"ttl\":\"PT1H\",\"ttl\":\"PT2H\"}"
            })
    void refusesWhatIsNotOneWellFormedObject(String body) {
        isProblem(issuer().body(body).post(PATH).then(), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000007b00110000", "00007b00", "0000007b0000", "7b000000ffffffff"})
    void refusesWhatIsNotEvenText(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);

        isProblem(issuer().body(body).post(PATH).then(), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 201", "limit, many", "limit, 99999999999", "state, issued", "after, x"})
    void namesTheParameterThatIsWrong(String parameter, String value) {
        isProblem(issuer().queryParam(parameter, value).get(PATH).then(), 400, "invalid-value")
                .body("field", equalTo(parameter));
    }

    @Test
    void takesNoNulInAQuery() {
        isProblem(issuer().urlEncodingEnabled(false).get(PATH + "?deviceId=%00").then(), 400, "invalid-value");
    }

    @Test
    void answersInProblemsAlsoWhereHttpItselfRefuses() {
        isProblem(issuer().get("/api/v1/nothing").then(), 404, "not-found");
        isProblem(issuer().put(PATH).then(), 405, "method-not-allowed");
        isProblem(issuer().accept("text/csv").get(PATH).then(), 406, "not-acceptable");
        isProblem(issuer().contentType("text/plain").body("x").post(PATH).then(), 415, "unsupported-media-type");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        String large = "{\"profile\": \"" + "x".repeat(300 * 1024) + "\"}";

        isProblem(issuer().body(large).post(PATH).then(), 413, "payload-too-large");
    }

    @Test
    void refusesABodyThatIsTooLargeAndDoesNotSaySo() throws Exception {
        // Without a known length the client sends chunks.
        HttpRequest chunked = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + PATH))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token("mdm", Roles.CHALLENGE_ISSUER))
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString("{\"profile\": \"" + "x".repeat(300 * 1024) + "\"}")))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void doesNotQuoteTheBody() {
        String answer = issuer().body(Map.of("profile", "demo", "s3cret", "t0ken"))
                .post(PATH)
                .asString();

        assertThat(answer).contains("\"field\":\"s3cret\"").doesNotContain("t0ken");
    }

    @Test
    void describesItselfInOpenApi() {
        String document = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(document)
                .contains(
                        "\"/api/v1/challenges/{id}\"",
                        "application/problem+json",
                        "\"bearer\"",
                        "ttl-out-of-range",
                        "challenge-redeemed",
                        "\"createChallenge\"");
    }

    private static RequestSpecification issuer() {
        return given().contentType(ContentType.JSON).auth().oauth2(token("mdm", Roles.CHALLENGE_ISSUER));
    }

    private static ValidatableResponse isProblem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("urn:scepgate:problem:" + code));
    }
}
