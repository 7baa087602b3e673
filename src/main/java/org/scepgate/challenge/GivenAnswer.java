package org.scepgate.challenge;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.scepgate.idempotency.Answer;
import org.scepgate.idempotency.RepeatedRequests.Given;

/** Puts an answer with secrets into HTTP. */
final class GivenAnswer {
    private static final String REPLAYED = "Idempotency-Replayed";

    private GivenAnswer() {}

    static Response response(Given given) {
        Answer answer = given.answer();
        Response.ResponseBuilder response = Response.status(answer.status())
                .type(answer.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(answer.body());
        if (!answer.location().isEmpty()) {
            response.location(URI.create(answer.location()));
        }
        if (given.again()) {
            response.header(REPLAYED, "true");
        }
        return response.build();
    }
}
