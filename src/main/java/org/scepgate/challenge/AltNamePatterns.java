package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.scepgate.policy.NamePatterns;
import org.scepgate.policy.RequestedPatterns;

/** Which subject alternative names there may be, in JSON; a type that is not named may have none. */
@Schema(description = "Patterns of subject alternative names by type; a type that is left out may have none")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AltNamePatterns(Names dns, Names email, Names uri, Names ip, Names upn) {

    /** The names of one type. */
    @Schema(
            name = "AltNamePattern",
            description = "Each name must be one of the values or match one of the patterns (RE2, the whole name)")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Names(
            List<String> values,

            @Schema(examples = "[\"^host-[0-9]+\\\\.acme\\\\.example$\"]")
            List<String> patterns,

            @Schema(description = "How many there must be", defaultValue = "1")
            Integer min,

            @Schema(description = "How many there may be; by default 1, or min")
            Integer max) {

        private RequestedPatterns.Names asked() {
            return new RequestedPatterns.Names(values, patterns, min, max);
        }
    }

    /** Null if there are none. */
    static AltNamePatterns of(NamePatterns patterns) {
        Map<String, RequestedPatterns.Names> texts = patterns.texts().subjectAltNames();
        return texts.isEmpty()
                ? null
                : new AltNamePatterns(
                        shown(texts.get("dns")),
                        shown(texts.get("email")),
                        shown(texts.get("uri")),
                        shown(texts.get("ip")),
                        shown(texts.get("upn")));
    }

    private static Names shown(RequestedPatterns.Names names) {
        return names == null ? null : new Names(names.values(), names.patterns(), names.min(), names.max());
    }

    Map<String, RequestedPatterns.Names> asked() {
        Map<String, RequestedPatterns.Names> asked = new LinkedHashMap<>();
        put(asked, "dns", dns);
        put(asked, "email", email);
        put(asked, "uri", uri);
        put(asked, "ip", ip);
        put(asked, "upn", upn);
        return asked;
    }

    private static void put(Map<String, RequestedPatterns.Names> asked, String type, Names names) {
        if (names != null) {
            asked.put(type, names.asked());
        }
    }
}
