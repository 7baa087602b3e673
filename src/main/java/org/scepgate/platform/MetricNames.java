package org.scepgate.platform;

/** Names of our own metrics; what an operator's dashboards and alerts are built on. */
public final class MetricNames {
    /** Counter, tag {@code kind}: events of the audit log that somebody should look at. */
    public static final String ALARMS = "scepgate.alarms";

    /** Counter, tag {@code target}: attempts to write seals of the audit log down outside that failed. */
    public static final String AUDIT_ANCHOR_FAILURES = "scepgate.audit.anchor.failures";

    /** Counter: rows of the audit log that this server sealed. */
    public static final String AUDIT_SEALED = "scepgate.audit.sealed";

    /** Gauge, seconds: how long the oldest row of the audit log without a seal has waited. */
    public static final String AUDIT_UNSEALED = "scepgate.audit.unsealed.seconds";

    /**
     * Gauge in seconds since 1970, tags {@code ca}, {@code generation} (current, next, previous), {@code role} (ca, ra):
     * when the certificate ends.
     */
    public static final String CA_NOT_AFTER = "scepgate.ca.not.after";

    /** Counter, tags {@code profile}, {@code outcome}: issued, cancelled. */
    public static final String CHALLENGES = "scepgate.challenges";

    /** Gauge, tags {@code profile}, {@code within}: certificates that expire soon and were neither renewed nor revoked. */
    public static final String CERTIFICATES_EXPIRING = "scepgate.certificates.expiring";

    /** Gauge in seconds since 1970, tags {@code ca}, {@code key}: when the published CRL of a CA's key ends. */
    public static final String CRL_NEXT_UPDATE = "scepgate.crl.next.update";

    /** Counter, tag {@code ca}: CRLs that this server published. */
    public static final String CRLS = "scepgate.crls";

    /** Gauge: tasks that run or wait in the pool for cryptography. */
    public static final String CRYPTO_POOL_LOAD = "scepgate.crypto.load";

    /** Counter: tasks turned away because the pool for cryptography was full. */
    public static final String CRYPTO_POOL_REJECTED = "scepgate.crypto.rejected";

    /** Gauge: 1 if the database answered when readiness was last asked for, else 0. */
    public static final String DATABASE_UP = "scepgate.database.up";

    /** Counter, tags {@code ca}, {@code outcome}: answered OCSP requests. */
    public static final String OCSP_ANSWERS = "scepgate.ocsp.answers";

    /** Counter, tag {@code table}: rows whose time to be kept was over. */
    public static final String RETENTION_REMOVED = "scepgate.retention.removed";

    /** Counter, tags {@code profile}, {@code reason}: certificates that were revoked, or taken from hold. */
    public static final String REVOCATIONS = "scepgate.revocations";

    /** Counter, tags {@code profile}, {@code outcome}: requests that an operator approved or denied. */
    public static final String RULINGS = "scepgate.rulings";

    /** Counter, tags {@code profile}, {@code type}, {@code outcome}: answered pkiMessages. */
    public static final String SCEP_ANSWERS = "scepgate.scep.answers";

    /** Counter: pkiMessages that not even a FAILURE could be addressed to. */
    public static final String SCEP_MALFORMED = "scepgate.scep.malformed";

    private MetricNames() {}
}
