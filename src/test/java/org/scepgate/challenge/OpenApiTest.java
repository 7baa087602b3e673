package org.scepgate.challenge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

/** The published document says of every operation which errors there are, and refers to nothing that is not in it. */
@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class OpenApiTest {
    private JsonNode document;

    @BeforeEach
    void readsTheDocument() throws Exception {
        String json = given().queryParam("format", "json").get("/q/openapi").asString();
        document = new ObjectMapper().readTree(json);
    }

    @Test
    void everyOperationNamesTheErrorsThatAllHave() {
        assertThat(operations())
                .hasSizeGreaterThan(8)
                .allSatisfy(operation -> assertThat(operation.get("responses").fieldNames())
                        .toIterable()
                        .contains("401", "403", "500", "503"));
    }

    @Test
    void everyErrorIsAProblemDocument() {
        for (JsonNode operation : operations()) {
            operation.get("responses").properties().stream()
                    .filter(response -> response.getKey().matches("[45].."))
                    .forEach(response -> assertThat(response.getValue()
                                    .at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(operation.get("operationId") + " " + response.getKey())
                            .isEqualTo("#/components/schemas/Problem"));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void aFullServerSaysWhenToComeBack() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(operation
                                .at("/responses/503/headers/Retry-After")
                                .isMissingNode())
                        .isFalse());
    }

    @Test
    void aClientThatAsksTooMuchIsToldWhenToComeBack() {
        assertThat(document.at("/paths/~1api~1v1~1challenges/post/responses/429/headers/Retry-After")
                        .isMissingNode())
                .isFalse();
        assertThat(document.at("/paths/~1api~1v1~1challenges/post/responses/403/description")
                        .asText())
                .contains("forbidden", "unknown-client", "profile-not-allowed", "name-not-allowed");
    }

    private List<JsonNode> operations() {
        List<JsonNode> found = new ArrayList<>();
        document.get("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/v1/"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> member.getValue().has("operationId"))
                        .forEach(member -> found.add(member.getValue())));
        return found;
    }
}
