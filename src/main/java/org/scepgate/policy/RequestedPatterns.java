package org.scepgate.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Patterns of names as a caller wrote them, not yet looked at; what is absent is empty. */
public record RequestedPatterns(List<Rdn> subject, Map<String, Names> subjectAltNames) {

    public RequestedPatterns {
        subject = subject == null ? List.of() : Collections.unmodifiableList(subject);
        subjectAltNames =
                subjectAltNames == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(subjectAltNames));
    }

    /** One relative distinguished name: a value or a pattern, never both. */
    public record Rdn(String type, String value, String pattern) {}

    /**
     * The alternative names of one type, each of which must be one of the values or match one of the patterns.
     *
     * @param min how many there must be, null for 1
     * @param max how many there may be, null for 1, or min if that is more
     */
    public record Names(List<String> values, List<String> patterns, Integer min, Integer max) {
        List<String> listedValues() {
            return Optional.ofNullable(values).orElse(List.of());
        }

        List<String> listedPatterns() {
            return Optional.ofNullable(patterns).orElse(List.of());
        }
    }
}
