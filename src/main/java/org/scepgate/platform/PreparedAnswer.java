package org.scepgate.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.OptionalInt;

/** A problem document that is written once, for requests that are turned away before any resource sees them. */
public final class PreparedAnswer {
    private final int status;
    private final OptionalInt retryAfterSeconds;
    private final Buffer body;

    private PreparedAnswer(Problem problem, OptionalInt retryAfterSeconds, ObjectMapper json)
            throws JsonProcessingException {
        this.status = problem.status();
        this.retryAfterSeconds = retryAfterSeconds;
        this.body = Buffer.buffer(json.writeValueAsBytes(problem));
    }

    public static PreparedAnswer of(UnavailableException unavailable, ObjectMapper json)
            throws JsonProcessingException {
        return new PreparedAnswer(Problem.of(unavailable), OptionalInt.of(unavailable.retryAfterSeconds()), json);
    }

    static PreparedAnswer of(Problem problem, ObjectMapper json) throws JsonProcessingException {
        return new PreparedAnswer(problem, OptionalInt.empty(), json);
    }

    /** Sends it, with the headers that are set already. */
    public Future<Void> send(HttpServerResponse response) {
        retryAfterSeconds.ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body);
    }
}
