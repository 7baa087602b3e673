package org.scepgate.events;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures: twice as long after each, and by chance somewhat less, so that what failed together
 * does not come back together.
 *
 * @param chance from 0 to 1
 */
record BackOff(Duration first, Duration longest, DoubleSupplier chance) {
    private static final int MOST_DOUBLINGS = 30;

    static BackOff of(Duration first, Duration longest) {
        return new BackOff(first, longest, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param failures in a row, at least one */
    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        // A shift that ran over is negative or small.
        boolean fits = failures <= MOST_DOUBLINGS && doubled >= first.toMillis();
        long most = fits ? Math.min(doubled, longest.toMillis()) : longest.toMillis();
        return Duration.ofMillis((long) (most * (1 - chance.getAsDouble() / 2)));
    }

    /** As long as the receiver asks for, within bounds. */
    Duration after(int failures, Duration asked) {
        Duration own = after(failures);
        Duration wanted = asked.compareTo(longest) > 0 ? longest : asked;
        return wanted.compareTo(own) > 0 ? wanted : own;
    }
}
