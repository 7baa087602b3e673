package org.scepgate.scep;

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
}
