package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.policy.NamePatterns;
import org.scepgate.policy.RequestedPatterns;

/** What one relative distinguished name of a subject must be, in JSON. */
@Schema(description = "One relative distinguished name: its type, and either a value or a pattern")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RdnPattern(
        @Schema(required = true, description = "Keyword or OID", examples = "CN")
        String type,

        @Schema(description = "The value itself, which is certified as it stands here", examples = "Acme")
        String value,

        @Schema(
                description = "A regular expression of RE2 that the whole value matches",
                maxLength = 256,
                examples = "^host-[0-9]+$")
        String pattern) {

    static List<RdnPattern> of(NamePatterns patterns) {
        return patterns.texts().subject().stream()
                .map(rdn -> new RdnPattern(rdn.type(), rdn.value(), rdn.pattern()))
                .toList();
    }

    static RequestedPatterns.Rdn asked(RdnPattern pattern) {
        return pattern == null ? null : new RequestedPatterns.Rdn(pattern.type, pattern.value, pattern.pattern);
    }
}
