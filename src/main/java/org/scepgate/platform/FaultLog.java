package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Writes faults of the server to the log, under an id that the answer names, and keeps their causes out of it. Of what is no
 * mistake of ours and ails every request alike, some lines in ten seconds say enough.
 */
@Singleton
class FaultLog {
    static final int RETRY_AFTER_SECONDS = 5;
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");

    private static final int MOST_LINES = 20;

    private final Clock clock;
    private final LineBudget outages = new LineBudget(MOST_LINES);
    private final LineBudget turnedAway = new LineBudget(MOST_LINES);
    private final LineBudget late = new LineBudget(MOST_LINES);

    FaultLog(Clock clock) {
        this.clock = clock;
    }

    Problem internal(Throwable fault) {
        String id = newId();
        LOG.errorf(fault, "fault %s", id);
        return Problem.of(500, "internal-error", "the server failed; its log has the reason")
                .withInstance(id);
    }

    Problem databaseAway(Throwable fault) {
        // One line and no stack trace: an outage brings one of these for every request.
        return told(
                outages,
                Logger.Level.ERROR,
                "the database cannot be reached",
                fault.toString(),
                Problem.of(503, "unavailable", "the database cannot be reached"));
    }

    Problem unavailable(UnavailableException fault) {
        return told(turnedAway, Logger.Level.WARN, "turned away", fault.getMessage(), Problem.of(fault));
    }

    /** What became of a request whose caller was turned away before. */
    void late(Throwable fault) {
        late.take()
                .ifPresent(leftOut -> LOG.warnf(
                        "a request that was turned away for its time has failed%s: %s", more(leftOut), fault));
    }

    /** Only what is in the log has an id. */
    private Problem told(LineBudget lines, Logger.Level level, String what, String cause, Problem problem) {
        OptionalLong leftOut = lines.take();
        if (leftOut.isEmpty()) {
            return problem;
        }
        String id = newId();
        LOG.logf(level, "%s (%s)%s: %s", what, id, more(leftOut.getAsLong()), cause);
        return problem.withInstance(id);
    }

    private static String more(long leftOut) {
        return leftOut == 0 ? "" : ", and " + leftOut + " times since the last such line";
    }

    private String newId() {
        return "urn:uuid:" + TimeOrderedId.at(clock.instant());
    }
}
