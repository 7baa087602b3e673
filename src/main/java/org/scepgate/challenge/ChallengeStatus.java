package org.scepgate.challenge;

/**
 * The state of a challenge as the API tells it; the first that applies in the order redeemed, cancelled, what became of
 * the request that reserved it, locked, expired.
 */
public enum ChallengeStatus {
    /** Can be used. */
    ISSUED("spentAt is null and cancelledAt is null and heldAt is null and lockedAt is null and expiresAt > :now"),
    /** A request waits for approval with it, and no other can use it; its own expiry ends nothing any more. */
    RESERVED("spentAt is null and cancelledAt is null and heldAt is not null and heldRuling is null"
            + " and heldUntil > :now"),
    /** A certificate was issued for it. */
    REDEEMED("spentAt is not null"),
    /** Its time ran out, or that of the request that waited with it. */
    EXPIRED("spentAt is null and cancelledAt is null and ((heldAt is null and lockedAt is null and expiresAt <= :now)"
            + " or (heldAt is not null and heldRuling is null"
            + " and (heldUntil is null or heldUntil <= :now)))"),
    /** Its caller took it back. */
    CANCELLED("cancelledAt is not null"),
    /** The request that waited with it was denied. */
    DENIED("spentAt is null and cancelledAt is null and heldAt is not null and heldRuling = 'DENIED'"),
    /** Too many enrolments with it were refused. */
    LOCKED("spentAt is null and cancelledAt is null and heldAt is null and lockedAt is not null");

    private final String condition;

    ChallengeStatus(String condition) {
        this.condition = condition;
    }

    /** The same as {@link Challenge#statusAt} for the database. */
    String condition() {
        return condition;
    }

    boolean dependsOnTime() {
        return condition.contains(":now");
    }
}
