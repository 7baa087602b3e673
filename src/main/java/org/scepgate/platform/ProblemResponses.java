package org.scepgate.platform;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Writes into the OpenAPI document what holds for every operation of the API: which errors there are, in which form and as what example. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {
    private static final String API = "/api/v1/";

    private static final List<String> NOT_NOW = List.of("429", "503");

    private static final Map<String, String> OF_EVERY_OPERATION = Map.of(
            "401", "No token, or none that is accepted. Code: unauthorized",
            "403", "The token carries no role that allows this. Code: forbidden",
            "500", "A fault of the server; its log has the instance. Code: internal-error",
            "503", "Not now: the database is away or the server is full. Code: unavailable");
    private static final Map<String, String> OF_EVERY_BODY = Map.of(
            "413", "The body is larger than 256 KiB, a batch than 2 MiB. Code: payload-too-large",
            "415", "The body is not application/json. Code: unsupported-media-type");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .getSchemas()
                .get(Problem.class.getSimpleName())
                .getProperties()
                .get("code")
                .addExtension("x-codes", ProblemCodes.meanings());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(API)) {
                item.getOperations().values().forEach(ProblemResponses::complete);
            }
        });
    }

    private static void complete(Operation operation) {
        APIResponses responses = operation.getResponses();
        OF_EVERY_OPERATION.forEach((status, text) -> {
            // Quarkus has put a 401 and a 403 of its own there, which tell no code.
            if (!tellsCode(responses, status)) {
                responses.addAPIResponse(status, response(text));
            }
        });
        if (operation.getRequestBody() != null) {
            OF_EVERY_BODY.forEach((status, text) -> responses.addAPIResponse(status, response(text)));
        }
        NOT_NOW.stream()
                .filter(responses::hasAPIResponse)
                .forEach(status -> responses.getAPIResponse(status).addHeader("Retry-After", retryAfter()));
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(problem(ProblemExamples.of(status, response.getDescription())));
            }
        });
    }

    private static boolean tellsCode(APIResponses responses, String status) {
        return responses.hasAPIResponse(status)
                && !ProblemExamples.of(status, responses.getAPIResponse(status).getDescription())
                        .isEmpty();
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static Content problem(Map<String, Example> examples) {
        Schema reference = OASFactory.createSchema().ref(Problem.class.getSimpleName());
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType().schema(reference).examples(examples));
    }

    private static Header retryAfter() {
        return OASFactory.createHeader()
                .description("Seconds")
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
    }
}
