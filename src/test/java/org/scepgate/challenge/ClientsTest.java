package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.Problem;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ClientsTest.Configured.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ClientsTest {
    private static final String ACME = "{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\"}";

    @Test
    void makesWhatAClientMayHave() {
        as("bounded")
                .body("{\"profile\": \"demo\", \"subject\": \"CN=device-42,O=Acme\","
                        + " \"subjectAltNames\": {\"dns\": [\"device-42.acme.example\"]}}")
                .post(PATH)
                .then()
                .statusCode(201)
                .body("createdBy", equalTo("bounded"));
    }

    @Test
    void refusesAProfileThatIsNotTheClients() {
        refuses(as("bounded").body(ACME.replace("demo", "other")).post(PATH), 403, "profile-not-allowed", "profile");
    }

    @Test
    void refusesNamesThatAreNotTheClients() {
        refuses(as("bounded").body(ACME.replace("Acme", "Globex")).post(PATH), 403, "name-not-allowed", "subject");
        refuses(
                as("bounded")
                        .body(ACME.replace("}", ", \"subjectAltNames\": {\"dns\": [\"acme.example\"]}}"))
                        .post(PATH),
                403,
                "name-not-allowed",
                "subjectAltNames.dns[0]");
    }

    @Test
    void refusesAClientThatIsNotListed() {
        refuses(as("stranger").body(ACME).post(PATH), 403, "unknown-client", null);
        refuses(
                as("stranger", Roles.CHALLENGE_ISSUER, Roles.OPERATOR)
                        .body(ACME)
                        .post(PATH),
                403,
                "unknown-client",
                null);
    }

    @Test
    void letsAnOperatorLookWhoIsNotListed() {
        as("stranger", Roles.OPERATOR).get(PATH).then().statusCode(200);
    }

    @Test
    void countsOpenChallengesAlone() {
        String first = made("small");
        made("small");

        Response third = as("small").body(ACME).post(PATH);
        refuses(third, 429, "quota-exceeded", null);
        assertThat(third.header("Retry-After")).isEqualTo("60");

        as("small").delete(PATH + "/" + first).then().statusCode(204);
        made("small");
        as("small").get(PATH).then().statusCode(200).body("items", hasSize(3));
    }

    @Test
    void saysWhenToComeBackToWhoAsksTooOften() {
        for (int i = 0; i < 3; i++) {
            made("slow");
        }

        Response next = as("slow").body(ACME).post(PATH);

        refuses(next, 429, "rate-limited", null);
        assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(1, 20);
        as("slow").get(PATH).then().statusCode(200).body("items", hasSize(3));
    }

    private static String made(String client) {
        return as(client).body(ACME).post(PATH).then().statusCode(201).extract().path("id");
    }

    private static void refuses(Response answer, int status, String code, String field) {
        answer.then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", equalTo(code))
                .body("field", equalTo(field));
    }

    /** Three clients with rules of their own. */
    public static class Configured extends ChallengeApi {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("scepgate.clients.bounded.id", "bounded");
            settings.put("scepgate.clients.bounded.profiles", "demo");
            settings.put("scepgate.clients.bounded.subject-pattern", "O=Acme");
            settings.put("scepgate.clients.bounded.dns-suffixes", "*.acme.example");
            settings.put("scepgate.clients.small.id", "small");
            settings.put("scepgate.clients.small.max-open-challenges", "2");
            settings.put("scepgate.clients.slow.id", "slow");
            settings.put("scepgate.clients.slow.rate", "3");
            return settings;
        }
    }
}
