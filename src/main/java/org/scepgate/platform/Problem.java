package org.scepgate.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem document of RFC 9457, with a machine-readable code and the field it is about. */
@Schema(description = "What went wrong (RFC 9457)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(description = "Names the kind of problem", examples = "urn:scepgate:problem:unknown-profile")
        String type,

        @Schema(description = "The HTTP status in words", examples = "Bad Request")
        String title,

        @Schema(description = "The HTTP status", examples = "400")
        int status,

        @Schema(description = "The kind of problem, for programs", examples = "unknown-profile")
        String code,

        @Schema(description = "This very problem, for people", examples = "there is no profile 'demo2'")
        String detail,

        @Schema(description = "Path of the value that is to be corrected", examples = "profile")
        String field,

        @Schema(
                description =
                        "Names this occurrence in the server's log; only for a fault of the server, and not for each"
                                + " of very many at once")
        String instance) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:scepgate:problem:";

    public static Problem of(int status, String code, String detail) {
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        return new Problem(TYPE_PREFIX + code, title, status, code, detail, null, null);
    }

    public static Problem of(ApiException refusal) {
        Problem problem = of(refusal.status(), refusal.code(), refusal.getMessage());
        return refusal.field().map(problem::withField).orElse(problem);
    }

    /** One that names no occurrence in the log. */
    public static Problem of(UnavailableException unavailable) {
        return of(503, "unavailable", unavailable.getMessage());
    }

    Problem withField(String path) {
        return new Problem(type, title, status, code, detail, path, instance);
    }

    Problem withInstance(String uri) {
        return new Problem(type, title, status, code, detail, field, uri);
    }
}
