package org.scepgate.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Something that was written down outside and that the database does not know. */
record Discrepancy(Kind kind, OutsideCertificate certificate) {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Kind {
        CERTIFICATE_MISSING("a device may hold a certificate that the database lacks"),
        REVOCATION_MISSING("it was revoked, and the database lacks that"),
        CHALLENGE_OPEN_AGAIN("its challenge can be used a second time");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** A line for people. */
    String text() {
        String facts = certificate.facts().entrySet().stream()
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining(" "));
        return kind + ": " + kind.text + ": " + facts;
    }

    /** A line for programs. */
    String json() {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("kind", kind.name());
        line.putAll(certificate.facts());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of strings can be written as JSON", impossible);
        }
    }
}
