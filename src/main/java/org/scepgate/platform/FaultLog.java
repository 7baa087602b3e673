package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Writes faults of the server to the log, under an id that the answer names, and keeps their causes out of it. Of what is no
 * mistake of ours and ails every request alike, some lines in ten seconds say enough, of each cause.
 */
@Singleton
class FaultLog {
    static final int RETRY_AFTER_SECONDS = 5;
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");

    private static final int MOST_KINDS = 100;
    private static final String LATE = "late";
    private static final String OTHERS = "others";

    private final Clock clock;
    private final Map<String, LineBudget> lines = new ConcurrentHashMap<>();

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
                DatabaseOutage.kindBehind(fault).orElse(OTHERS),
                Logger.Level.ERROR,
                "the database cannot be reached",
                fault.toString(),
                Problem.of(503, "unavailable", "the database cannot be reached"));
    }

    Problem unavailable(UnavailableException fault) {
        return told(fault.getMessage(), Logger.Level.WARN, "turned away", fault.getMessage(), Problem.of(fault));
    }

    /** What became of a request whose caller was turned away before. */
    void late(Throwable fault) {
        linesOf(LATE)
                .write(more -> LOG.warnf("a request that was turned away for its time has failed%s: %s", more, fault));
    }

    /** Only what is in the log has an id. */
    private Problem told(String kind, Logger.Level level, String what, String cause, Problem problem) {
        String id = newId();
        boolean isWritten = linesOf(kind).write(more -> LOG.logf(level, "%s (%s)%s: %s", what, id, more, cause));
        return isWritten ? problem.withInstance(id) : problem;
    }

    /** Each cause has lines of its own, or a second trouble would not show beside the first. */
    private LineBudget linesOf(String kind) {
        boolean isRoom = lines.size() < MOST_KINDS || lines.containsKey(kind);
        return lines.computeIfAbsent(isRoom ? kind : OTHERS, first -> new LineBudget());
    }

    private String newId() {
        return "urn:uuid:" + TimeOrderedId.at(clock.instant());
    }
}
