package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;

/** The outcome that a CertRep states (RFC 8894 section 3.2.1.3). */
public enum PkiStatus {
    SUCCESS(0),
    FAILURE(2),
    PENDING(3);

    private final int value;

    PkiStatus(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }

    // As text: "02" is another text than the one that was registered.
    static Optional<PkiStatus> find(String text) {
        return Stream.of(values())
                .filter(known -> Integer.toString(known.value).equals(text))
                .findFirst();
    }
}
