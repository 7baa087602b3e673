package org.scepgate.challenge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.challenge.ApiClient.PATH;
import static org.scepgate.challenge.ApiClient.as;
import static org.scepgate.challenge.ApiClient.make;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.Roles;
import org.scepgate.platform.TimeOrderedId;
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
    /** Of HTTP itself, or of addresses outside of /api/v1/. */
    private static final Set<String> OF_NO_OPERATION =
            Set.of("malformed-request", "method-not-allowed", "not-acceptable", "not-found", "unknown-ca");

    @Inject
    BeanManager beans;

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
    void hasEveryOperationOfTheServiceAndNoOther() {
        Set<String> documented = new TreeSet<>();
        document.get("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/v1/"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> member.getValue().has("operationId"))
                        .forEach(member ->
                                documented.add(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(documented).isEqualTo(served());
    }

    @Test
    void listsEveryCodeThatItNames() {
        JsonNode codes = document.at("/components/schemas/Problem/properties/code/x-codes");

        assertThat(codes.size()).isGreaterThan(30);
        for (JsonNode operation : operations()) {
            operation
                    .get("responses")
                    .forEach(response -> codesIn(response.path("description").asText())
                            .forEach(code -> assertThat(codes.has(code))
                                    .as(operation.get("operationId") + " " + code)
                                    .isTrue()));
        }
    }

    @Test
    void showsAnExampleOfEveryCodeOfEveryError() {
        for (JsonNode operation : operations()) {
            operation.get("responses").properties().stream()
                    .filter(response -> response.getKey().matches("[45].."))
                    .forEach(response -> isExemplified(
                            operation.get("operationId").asText(), response.getKey(), response.getValue()));
        }
    }

    private static void isExemplified(String operation, String status, JsonNode response) {
        JsonNode examples = response.at("/content/application~1problem+json/examples");
        String place = operation + " " + status;

        assertThat(namesIn(examples))
                .as(place)
                .isNotEmpty()
                .containsExactlyElementsOf(codesIn(response.get("description").asText()));
        examples.properties()
                .forEach(example -> assertThat(List.of(
                                example.getValue().at("/value/code").asText(),
                                example.getValue().at("/value/status").asText()))
                        .as(place)
                        .containsExactly(example.getKey(), status));
    }

    private static List<String> namesIn(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void namesEveryCodeAtAnOperationThatHasIt() {
        Set<String> named = new TreeSet<>(OF_NO_OPERATION);
        operations()
                .forEach(operation -> operation
                        .get("responses")
                        .forEach(response -> named.addAll(
                                codesIn(response.path("description").asText()))));

        assertThat(namesIn(document.at("/components/schemas/Problem/properties/code/x-codes")))
                .containsExactlyElementsOf(named);
    }

    @Test
    void showsAnExampleOfEveryBody() {
        assertThat(operations())
                .filteredOn(operation -> operation.has("requestBody"))
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(operation -> assertThat(operation.at("/requestBody/content/application~1json/examples"))
                        .as(operation.get("operationId").asText())
                        .isNotEmpty());
    }

    @Test
    void saysOfEveryOperationThatMakesChallengesWhatTheyHaveInCommon() {
        assertThat(operations())
                .filteredOn(operation -> operation.get("operationId").asText().matches("(create|reissue)Challenges?"))
                .hasSize(3)
                .allSatisfy(operation -> {
                    assertThat(operation.findValuesAsText("name")).contains("Idempotency-Key");
                    assertThat(operation
                                    .at("/responses/201/headers/Idempotency-Replayed")
                                    .isMissingNode())
                            .isFalse();
                    assertThat(operation.get("responses").fieldNames())
                            .toIterable()
                            .contains("409", "422", "429");
                });
    }

    /** Where an example needs a challenge it gets one; of what it does not have, the service must say so and no worse. */
    @Test
    void showsOnlyExamplesThatTheServiceTakes() {
        int tried = 0;
        for (var path : document.get("paths").properties()) {
            for (JsonNode example : path.getValue().at("/post/requestBody/content/application~1json/examples")) {
                Response answer = send(path.getKey(), example.get("value"));
                assertThat(answer.statusCode())
                        .as(path.getKey() + " " + answer.asString())
                        .satisfiesAnyOf(
                                status -> assertThat(status).isBetween(200, 299),
                                status -> assertThat(answer.jsonPath().getString("code"))
                                        .startsWith("unknown-"));
                tried++;
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(12);
    }

    private static Response send(String path, JsonNode body) {
        String id = path.startsWith(PATH)
                ? make("examples", "\"deviceId\": \"x\"")
                : TimeOrderedId.at(Instant.now()).toString();
        String address = path.replaceAll("\\{[^}]+}", id);
        return as("examples", Roles.CHALLENGE_ISSUER, Roles.OPERATOR)
                .body(body.isTextual() ? body.asText() : body.toString())
                .post(address);
    }

    private static List<String> codesIn(String description) {
        Matcher codes = Pattern.compile("Codes?: ([a-z, -]+)").matcher(description);
        return codes.find() ? List.of(codes.group(1).strip().split(", *")) : List.of();
    }

    /** What the annotations of the running application's own beans say. */
    private Set<String> served() {
        Set<String> operations = new TreeSet<>();
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .filter(type -> type.getAnnotation(Path.class).value().startsWith("/api/v1/"))
                .forEach(type -> Arrays.stream(type.getDeclaredMethods())
                        .forEach(method -> Arrays.stream(method.getAnnotations())
                                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                                .filter(Objects::nonNull)
                                .forEach(http -> operations.add(http.value() + " " + template(type, method)))));
        return operations;
    }

    private static String template(Class<?> resource, Method method) {
        Path further = method.getAnnotation(Path.class);
        String root = resource.getAnnotation(Path.class).value();
        return further == null ? root : root + "/" + further.value();
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
