package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a request failed, in the five words that RFC 8894 has for it (section 3.2.1.4). */
public enum FailInfo {
    BAD_ALG(0, "badAlg"),
    BAD_MESSAGE_CHECK(1, "badMessageCheck"),
    BAD_REQUEST(2, "badRequest"),
    BAD_TIME(3, "badTime"),
    BAD_CERT_ID(4, "badCertId");

    private final int value;
    private final String text;

    FailInfo(int value, String text) {
        this.value = value;
        this.text = text;
    }

    /** The RFC's word. */
    public String text() {
        return text;
    }

    public int value() {
        return value;
    }

    // As text: "02" is another text than the one that was registered.
    static Optional<FailInfo> find(String text) {
        return Stream.of(values())
                .filter(known -> Integer.toString(known.value).equals(text))
                .findFirst();
    }
}
