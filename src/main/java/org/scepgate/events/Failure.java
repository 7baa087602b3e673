package org.scepgate.events;

import java.time.Duration;

/**
 * Why an event did not arrive.
 *
 * @param status null where there was no answer
 * @param text nothing of an answer, which may hold anything
 * @param pause that the receiver asks for
 * @param forGood whether it says so itself
 */
record Failure(Integer status, String text, Duration pause, boolean forGood) {
    private static final int GONE = 410;

    static Failure noAnswer(String text) {
        return new Failure(null, text, Duration.ZERO, false);
    }

    static Failure answered(int status, Duration pause) {
        return new Failure(status, "the receiver answered " + status, pause, status == GONE);
    }
}
