package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;

/** An algorithm that is refused with badAlg unless a profile names it (RFC 8894 section 2.9). */
public enum LegacyAlgorithm {
    DES("DES"),
    DES3("DES3"),
    SHA_1("SHA-1"),
    MD5("MD5");

    private final String text;

    LegacyAlgorithm(String text) {
        this.text = text;
    }

    /** The spelling of GetCACaps and of a profile's {@code legacy-algorithms}. */
    public String text() {
        return text;
    }

    public static Optional<LegacyAlgorithm> find(String text) {
        return Stream.of(values())
                .filter(algorithm -> algorithm.text.equals(text))
                .findFirst();
    }
}
