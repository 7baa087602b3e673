package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a request failed, in the five words that RFC 8894 has for it (section 3.2.1.4). */
public enum FailInfo {
    BAD_ALG(0),
    BAD_MESSAGE_CHECK(1),
    BAD_REQUEST(2),
    BAD_TIME(3),
    BAD_CERT_ID(4);

    private final int value;

    FailInfo(int value) {
        this.value = value;
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
