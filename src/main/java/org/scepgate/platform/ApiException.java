package org.scepgate.platform;

import java.util.Optional;

/** A request that the API refuses for the caller's own reason: it becomes a problem document with this code. */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String code;
    private final String field;

    private ApiException(int status, String code, String field, String detail) {
        // An outcome, not a fault: nobody reads its stack trace.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    /** @param field path of the offending value as the API spells it, such as {@code subjectAltNames.dns[0]} */
    public static ApiException badRequest(String code, String field, String detail) {
        return new ApiException(400, code, field, detail);
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
        return new ApiException(status, code, field == null ? part : part + "." + field, getMessage());
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
}
