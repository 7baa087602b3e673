package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/** What a Kubernetes API server would say of an object: its fields, and those that must be there, are in its OpenAPI. */
final class Kubernetes {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Of what is Kubernetes' own; definitions of operators are not in its API. */
    private static final Map<String, String> PREFIXES = Map.of(
            "v1", "V1",
            "apps/v1", "V1",
            "batch/v1", "V1",
            "policy/v1", "V1",
            "networking.k8s.io/v1", "V1",
            "autoscaling/v2", "V2");

    private Kubernetes() {}

    static boolean knows(JsonNode object) {
        return PREFIXES.containsKey(object.get("apiVersion").asText());
    }

    /** Why it would be refused. */
    static Optional<String> problem(JsonNode object) {
        String model = MODELS
                + PREFIXES.get(object.get("apiVersion").asText())
                + object.get("kind").asText();
        try {
            Class.forName(model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
            return Optional.empty();
        } catch (InvocationTargetException refused) {
            return Optional.of(refused.getCause().getMessage());
        } catch (ReflectiveOperationException unknown) {
            return Optional.of("there is no " + model);
        }
    }
}
