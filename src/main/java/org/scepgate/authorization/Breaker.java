package org.scepgate.authorization;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares an endpoint that does not answer, and those who would wait for it: after some questions in a row without an
 * answer one at a time goes out, every few seconds, until one is answered.
 */
final class Breaker {
    static final int FAILURES = 5;
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private int unanswered;
    private Instant closedUntil = Instant.MIN;

    Breaker(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean lets() {
        Instant now = clock.instant();
        if (unanswered < FAILURES) {
            return true;
        }
        if (now.isBefore(closedUntil)) {
            return false;
        }
        closedUntil = now.plus(PAUSE);
        return true;
    }

    /** True if it was this answer that ended a pause. */
    synchronized boolean answered() {
        boolean ended = unanswered >= FAILURES;
        unanswered = 0;
        return ended;
    }

    /** True if it was this one that began a pause. */
    synchronized boolean unanswered() {
        unanswered++;
        closedUntil = clock.instant().plus(PAUSE);
        return unanswered == FAILURES;
    }
}
