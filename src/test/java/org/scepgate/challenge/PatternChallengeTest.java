package org.scepgate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

/** The challenge API with {@code match: pattern}. */
@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class PatternChallengeTest {

    @Test
    void showsThePatternsInPlaceOfNames() {
        Response made = as("mdm").body(ChallengeExamples.PATTERN).post(PATH);

        made.then().statusCode(201);
        as("mdm")
                .get(PATH + "/" + made.path("id"))
                .then()
                .statusCode(200)
                .body("match", equalTo("pattern"))
                .body("subject", nullValue())
                .body("subjectAltNames", nullValue())
                .body("subjectPattern[0].pattern", equalTo("^host-[0-9]+$"))
                .body("subjectPattern[1].value", equalTo("Acme"))
                .body("subjectAltNamePatterns.dns.min", equalTo(0))
                .body("subjectAltNamePatterns.upn", nullValue());
    }

    @Test
    void reissuesTheSamePatterns() {
        String old = as("mdm").body(ChallengeExamples.PATTERN).post(PATH).path("id");

        Response again = as("mdm").body("{}").post(PATH + "/" + old + "/reissue");

        again.then().statusCode(201).body("replaces", equalTo(old));
        assertThat(again.<Object>path("subjectPattern"))
                .isEqualTo(as("mdm").get(PATH + "/" + old).path("subjectPattern"));
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswer() {
        Response first = as("mdm")
                .header("Idempotency-Key", "pattern")
                .body(ChallengeExamples.PATTERN)
                .post(PATH);
        Response second = as("mdm")
                .header("Idempotency-Key", "pattern")
                .body(ChallengeExamples.PATTERN)
                .post(PATH);

        second.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void aBatchMayHavePatterns() {
        String batch = "{\"items\": [" + ChallengeExamples.PATTERN + "]}";

        as("mdm")
                .body(batch)
                .post(PATH + "/batch")
                .then()
                .statusCode(201)
                .body("items[0].challenge.match", equalTo("pattern"));
    }

    @ParameterizedTest
    @CsvSource({"mobileconfig", "syncml"})
    void aReadyMadeProfileNeedsNames(String format) {
        as("mdm")
                .queryParam("format", format)
                .body(ChallengeExamples.PATTERN)
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("not-expressible"))
                .body("field", equalTo("match"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'match': 'pattern'                                                | subjectPattern",
                "'subjectPattern': [{'type': 'CN', 'pattern': 'a'}]                | match",
                "'match': 'pattern', 'subjectPattern': [{'type': 'CN'}]            | subjectPattern[0]",
                "'match': 'pattern', 'subjectPattern': [null]                      | subjectPattern[0].type",
                "'match': 'pattern', 'subjectAltNamePatterns': {'dns': {'patterns': ['(']}} |"
                        + " subjectAltNamePatterns.dns.patterns[0]",
                "'match': 'pattern', 'subjectAltNamePatterns': {'dns': {'patterns': [null]}} |"
                        + " subjectAltNamePatterns.dns.patterns[0]"
            })
    void saysWhichPatternIsWrong(String fields, String field) {
        as("mdm")
                .body(("{'profile': 'demo', " + fields + "}").replace('\'', '"'))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-binding"))
                .body("field", equalTo(field));
    }
}
