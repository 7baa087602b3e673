package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;

/** What a pkiMessage asks for or is (RFC 8894 section 3.2.1.2). */
public enum MessageType {
    CERT_REP(3),
    RENEWAL_REQ(17),
    PKCS_REQ(19),
    CERT_POLL(20),
    GET_CERT(21),
    GET_CRL(22);

    private final int value;
    private final String text;

    MessageType(int value) {
        this.value = value;
        this.text = Integer.toString(value);
    }

    public int value() {
        return value;
    }

    /** Whether its messageData is a CSR. */
    boolean carriesCsr() {
        return this == PKCS_REQ || this == RENEWAL_REQ;
    }

    // Compared as text, not as a number: "019" and " 19" are other texts than the one that was registered.
    static Optional<MessageType> findRequest(String text) {
        return Stream.of(values())
                .filter(type -> type != CERT_REP && type.text.equals(text))
                .findFirst();
    }
}
