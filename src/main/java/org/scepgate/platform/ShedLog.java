package org.scepgate.platform;

import org.jboss.logging.Logger;

/**
 * Tells of requests that were turned away for load, in one line for all of ten seconds. Those after the last line show in
 * the metric alone.
 */
final class ShedLog {
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");

    private final String reason;
    private final LineBudget lines = new LineBudget(1);

    /** @param reason a clause in the past tense */
    ShedLog(String reason) {
        this.reason = reason;
    }

    void add() {
        lines.take()
                .ifPresent(before -> LOG.warnf(
                        "turned away for load: %d requests since the last such line, as %s", before + 1, reason));
    }
}
