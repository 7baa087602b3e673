package org.scepgate.platform;

import java.util.Map;

/** The problems that HTTP itself knows: no such path, wrong method, wrong media type, too large. */
final class HttpProblems {
    private static final Map<Integer, Problem> BY_STATUS = Map.of(
            400, Problem.of(400, "malformed-request", "the request cannot be read"),
            401, Problem.of(401, "unauthorized", "a bearer token is required"),
            403, Problem.of(403, "forbidden", "the token carries no role that allows this"),
            404, Problem.of(404, "not-found", "there is nothing at this address"),
            405, Problem.of(405, "method-not-allowed", "this address does not answer to that method"),
            406, Problem.of(406, "not-acceptable", "there is no answer in a media type that is accepted"),
            413, Problem.of(413, "payload-too-large", "the body is larger than allowed"),
            415, Problem.of(415, "unsupported-media-type", "the body has to be application/json"));

    private HttpProblems() {}

    static Problem of(int status) {
        Problem known = BY_STATUS.get(status);
        return known != null ? known : Problem.of(status, "http-" + status, "the request was refused");
    }
}
