package org.scepgate.approval;

/** The state of a waiting request as the API tells it. */
public enum HeldStatus {
    /** Nobody has decided yet. */
    PENDING("ruling is null and expiresAt > :now"),
    /** An operator let it have its certificate. */
    APPROVED("ruling = 'APPROVED'"),
    /** An operator refused it. */
    DENIED("ruling = 'DENIED'"),
    /** Nobody decided in time. */
    EXPIRED("ruling is null and expiresAt <= :now");

    private final String condition;

    HeldStatus(String condition) {
        this.condition = condition;
    }

    /** The same as {@link HeldRequest#statusAt} for the database. */
    String condition() {
        return condition;
    }

    boolean dependsOnTime() {
        return condition.contains(":now");
    }
}
