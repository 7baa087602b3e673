package org.scepgate.challenge;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.scepgate.idempotency.RepeatableRequest;
import org.scepgate.payload.AppleProfile;
import org.scepgate.payload.WindowsProfile;

/** Writes into the OpenAPI document what the operations have in common that make challenges. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = IssuingOperations.BEFORE_PROBLEM_RESPONSES)
public class IssuingOperations implements OASFilter {
    static final String CREATE = "createChallenge";
    static final String BATCH = "createChallenges";
    static final String REISSUE = "reissueChallenge";

    // The higher goes first, and those give every error its form.
    static final int BEFORE_PROBLEM_RESPONSES = 2;

    private static final Set<String> ALL = Set.of(CREATE, BATCH, REISSUE);
    private static final Set<String> OF_ONE = Set.of(CREATE, REISSUE);
    private static final int LONGEST_KEY = 255;

    private static final String KEY = "The same request again under the same key gets the same answer for 24 hours";
    private static final String LOST = "The answer to this Idempotency-Key was kept under a key that the server no"
            + " longer has. Code: idempotency-answer-lost";
    private static final String REUSED =
            "This Idempotency-Key was used for another request. Code: idempotency-key-reused";
    private static final String FORBIDDEN = "The token carries no role that allows this, or the client may not have"
            + " this challenge; field names what. Codes: forbidden, unknown-client, profile-not-allowed,"
            + " name-not-allowed";
    private static final String LIMITED =
            "The client asks too often or has too many open challenges. Codes: rate-limited, quota-exceeded";

    @Override
    public Operation filterOperation(Operation operation) {
        if (ALL.contains(operation.getOperationId())) {
            complete(operation);
        }
        return operation;
    }

    private static void complete(Operation operation) {
        operation.addParameter(key());
        APIResponses responses = operation.getResponses();
        responses.addAPIResponse("403", refusal(FORBIDDEN));
        responses.addAPIResponse("422", refusal(REUSED));
        responses.addAPIResponse("429", refusal(LIMITED));
        if (!responses.hasAPIResponse("409")) {
            responses.addAPIResponse("409", refusal(LOST));
        }
        APIResponse made = responses.getAPIResponse("201");
        made.addHeader("Idempotency-Replayed", header("true, where this answer was given before"));
        if (OF_ONE.contains(operation.getOperationId())) {
            made.addHeader("Location", header("Where the challenge is seen; it holds the id"));
            made.setContent(readyMade(made.getContent()));
        }
    }

    private static Parameter key() {
        return OASFactory.createParameter()
                .name(RepeatableRequest.HEADER)
                .in(Parameter.In.HEADER)
                .description(KEY)
                .schema(text().maxLength(LONGEST_KEY));
    }

    /** Beside JSON, a profile that a device takes as it is. */
    private static Content readyMade(Content json) {
        return json.addMediaType(
                        AppleProfile.MEDIA_TYPE, OASFactory.createMediaType().schema(text()))
                .addMediaType(
                        WindowsProfile.MEDIA_TYPE, OASFactory.createMediaType().schema(text()));
    }

    private static APIResponse refusal(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static Header header(String description) {
        return OASFactory.createHeader().description(description).schema(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
