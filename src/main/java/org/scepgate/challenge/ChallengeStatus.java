package org.scepgate.challenge;

/** The state of a challenge as the API tells it; the first that applies in the order redeemed, cancelled, locked, expired. */
public enum ChallengeStatus {
    /** Can be used. */
    ISSUED("spentAt is null and cancelledAt is null and lockedAt is null and expiresAt > :now"),
    /** A certificate was issued for it. */
    REDEEMED("spentAt is not null"),
    /** Its time ran out. */
    EXPIRED("spentAt is null and cancelledAt is null and lockedAt is null and expiresAt <= :now"),
    /** Its caller took it back. */
    CANCELLED("cancelledAt is not null"),
    /** Too many enrolments with it were refused. */
    LOCKED("spentAt is null and cancelledAt is null and lockedAt is not null");

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
