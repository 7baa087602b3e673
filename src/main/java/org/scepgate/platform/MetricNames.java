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
     * Timer, tags {@code profile}, {@code outcome} (allowed, narrowed, denied, failed, wider): answers of endpoints that
     * are asked before a certificate is issued.
     */
    public static final String AUTHORIZATIONS = "scepgate.authorizations";

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

    /** Gauge: 1 while Intune is not asked, because it failed several times in a row. */
    public static final String INTUNE_BREAKER = "scepgate.intune.breaker";

    /** Timer, tags {@code endpoint}, {@code outcome}: calls to Entra, Graph and Intune. */
    public static final String INTUNE_CALLS = "scepgate.intune.calls";

    /** Counter, tag {@code outcome}: what became of Intune's orders to revoke, by Microsoft's error codes. */
    public static final String INTUNE_REVOCATIONS = "scepgate.intune.revocations";

    /** Counter: certificates that were revoked before they left, because a server died and their devices stayed away. */
    public static final String INTUNE_WITHDRAWN = "scepgate.intune.withdrawn";

    /** Counter, tag {@code realm}: wrong secrets that somebody came to an adapter for an MDM with. */
    public static final String MDM_REFUSED = "scepgate.mdm.refused";

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

    /** Gauge, tag {@code webhook}: events that wait to be delivered. */
    public static final String WEBHOOK_BACKLOG = "scepgate.webhook.backlog";

    /** Gauge, tag {@code webhook}: events that were given up. */
    public static final String WEBHOOK_DEAD = "scepgate.webhook.dead";

    /** Counter, tags {@code webhook}, {@code outcome}: attempts of this server; delivered, failed, dead. */
    public static final String WEBHOOK_DELIVERIES = "scepgate.webhook.deliveries";

    /** Gauge, tag {@code webhook}, seconds: how long the oldest event that waits has waited. */
    public static final String WEBHOOK_OLDEST = "scepgate.webhook.oldest.seconds";

    /** Gauge in seconds since 1970, tag {@code profile}: when a static challenge ends; there should be none. */
    public static final String STATIC_CHALLENGE_NOT_AFTER = "scepgate.static.challenge.not.after";

    private MetricNames() {}
}
