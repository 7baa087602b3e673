package org.scepgate.ca;

import java.time.Duration;

/** When to try again: after a second first, then after twice as long each time, up to a longest pause. */
final class Pauses {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Duration longest;
    private Duration pause = Duration.ZERO;
    private long next = System.nanoTime();

    Pauses(Duration longest) {
        this.longest = longest;
    }

    boolean areOver() {
        return System.nanoTime() - next >= 0;
    }

    void lengthen() {
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        next = System.nanoTime() + pause.toNanos();
    }

    void reset() {
        pause = Duration.ZERO;
        next = System.nanoTime();
    }
}
