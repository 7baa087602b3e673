package org.scepgate.challenge;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An enrolment that was refused, as an operator reads it. */
@Schema(description = "An enrolment with this challenge that was refused")
public record RefusedAttempt(Instant at, String sourceAddress, String transactionId, List<BrokenRule> violations) {

    public RefusedAttempt {
        violations = List.copyOf(violations);
    }

    /** A rule that the request broke. */
    @Schema(description = "A rule that the request broke")
    public record BrokenRule(
            @Schema(examples = "subject.mismatch") String rule,
            @Schema(examples = "CN=device-42,O=Acme") String expected,
            @Schema(examples = "CN=device-43,O=Acme") String actual) {}
}
