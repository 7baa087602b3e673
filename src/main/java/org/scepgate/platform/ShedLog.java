package org.scepgate.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Tells of requests that were turned away for load, in one line for all of ten seconds: they come in thousands, just when
 * there is no time to write of each. Those after the last line show in the metric alone.
 */
final class ShedLog {
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");
    private static final long NANOS_BETWEEN = Duration.ofSeconds(10).toNanos();

    private final String reason;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

    /** @param reason a clause in the past tense */
    ShedLog(String reason) {
        this.reason = reason;
    }

    void add() {
        untold.incrementAndGet();
        long now = System.nanoTime();
        long due = nextLine.get();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + NANOS_BETWEEN)) {
            LOG.warnf("turned away for load: %d requests since the last such line, as %s", untold.getAndSet(0), reason);
        }
    }
}
