package org.scepgate.mdm.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.scepgate.platform.ApiException;

/** What the webhook SCEPChallenge says; of an event whose schema nobody publishes, only what a template names is read. */
record WebhookMessage(JsonNode content) {
    private static final String EVENT = "SCEPChallenge";

    /** Fails with {@link ApiException} 400 for any other event. */
    static WebhookMessage of(byte[] body, ObjectMapper json) {
        JsonNode content = read(body, json);
        if (!content.at("/webhook/webhookEvent").asText().equals(EVENT)) {
            throw ApiException.badRequest("invalid-value", "webhook.webhookEvent", "must be " + EVENT);
        }
        return new WebhookMessage(content);
    }

    private static JsonNode read(byte[] body, ObjectMapper json) {
        try {
            return json.readTree(body);
        } catch (IOException malformed) {
            throw ApiException.badRequest("malformed-json", null, "the body is not well-formed JSON");
        }
    }
}
