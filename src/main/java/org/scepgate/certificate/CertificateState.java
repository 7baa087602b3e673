package org.scepgate.certificate;

/** The state of a certificate as the API tells it; the first that applies in the order on hold, revoked, expired. */
public enum CertificateState {
    /** In date, or not yet, and not revoked. */
    VALID("c.revoked_at is null and c.not_after >= "),
    /** Its time ran out. */
    EXPIRED("c.revoked_at is null and c.not_after < "),
    /** For good. */
    REVOKED("c.revoked_at is not null and c.revocation_reason <> 6"),
    /** Revoked until an operator decides otherwise. */
    ON_HOLD("c.revoked_at is not null and c.revocation_reason = 6");

    private final String condition;

    CertificateState(String condition) {
        this.condition = condition;
    }

    /** In SQL, for rows {@code c}; ends where the time of asking belongs if {@link #dependsOnTime()}. */
    String condition() {
        return condition;
    }

    boolean dependsOnTime() {
        return this == VALID || this == EXPIRED;
    }
}
