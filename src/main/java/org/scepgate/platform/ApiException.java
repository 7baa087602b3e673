package org.scepgate.platform;

import java.util.Optional;
import java.util.OptionalInt;

/** A request that the API refuses for the caller's own reason: it becomes a problem document with this code. */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String code;
    private final String field;
    private final OptionalInt retryAfterSeconds;

    private ApiException(int status, String code, String field, String detail) {
        this(status, code, field, detail, OptionalInt.empty());
    }

    private ApiException(int status, String code, String field, String detail, OptionalInt retryAfterSeconds) {
        // An outcome, not a fault: nobody reads its stack trace.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** @param field path of the offending value as the API spells it, such as {@code subjectAltNames.dns[0]} */
    public static ApiException badRequest(String code, String field, String detail) {
        return new ApiException(400, code, field, detail);
    }

    /** The body of a request, which must be there: JSON's null is none. */
    public static <T> T requireBody(T body) {
        if (body == null) {
            throw badRequest("malformed-json", null, "the body has to be one JSON object");
        }
        return body;
    }

    /** @param field as in {@link #badRequest}; null where it is not about one value */
    public static ApiException forbidden(String code, String field, String detail) {
        return new ApiException(403, code, field, detail);
    }

    public static ApiException tooManyRequests(String code, String detail, int retryAfterSeconds) {
        return new ApiException(429, code, null, detail, OptionalInt.of(retryAfterSeconds));
    }

    public static ApiException notFound(String code, String detail) {
        return new ApiException(404, code, null, detail);
    }

    public static ApiException conflict(String code, String detail) {
        return new ApiException(409, code, null, detail);
    }

    /** What was understood and cannot be done (HTTP 422). */
    public static ApiException unprocessable(String code, String detail) {
        return new ApiException(422, code, null, detail);
    }

    /** The same about one part of a larger body, such as {@code items[3]}. */
    public ApiException within(String part) {
        return new ApiException(
                status, code, field == null ? part : part + "." + field, getMessage(), retryAfterSeconds);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** When the same request may succeed. */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
