package org.scepgate.challenge;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.scepgate.idempotency.RepeatableRequest;

/** How a caller wants a challenge told, and whether it may ask for it again. */
public class IssueOptions {
    @Parameter(
            description = "json, mobileconfig or syncml; wins over the header Accept",
            schema =
                    @Schema(
                            implementation = String.class,
                            enumeration = {"json", "mobileconfig", "syncml"}))
    @QueryParam("format")
    String format;

    @Context
    HttpHeaders headers;

    ChallengeFormat format() {
        return ChallengeFormat.of(format, headers.getAcceptableMediaTypes());
    }

    Optional<String> key() {
        // Quarkus takes a header without a value for none, and whoever sent it means to be safe.
        return RepeatableRequest.key(headers.getRequestHeader(RepeatableRequest.HEADER));
    }
}
