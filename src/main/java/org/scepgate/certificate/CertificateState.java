package org.scepgate.certificate;

/** The state of a certificate as the API tells it; the first that applies in the order on hold, revoked, expired. */
public enum CertificateState {
    /** In date, or not yet, and not revoked. */
    VALID,
    /** Its time ran out. */
    EXPIRED,
    /** For good. */
    REVOKED,
    /** Revoked until an operator decides otherwise. */
    ON_HOLD
}
