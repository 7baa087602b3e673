package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Writes each fault of the server to the log once, under an id that the answer names, and keeps its cause out of it. */
@Singleton
class FaultLog {
    static final int RETRY_AFTER_SECONDS = 5;
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");

    private final Clock clock;

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
        String id = newId();
        // One line and no stack trace: an outage brings one of these for every request.
        LOG.errorf("the database cannot be reached (%s): %s", id, fault);
        return Problem.of(503, "unavailable", "the database cannot be reached").withInstance(id);
    }

    Problem unavailable(UnavailableException fault) {
        String id = newId();
        LOG.warnf("turned away (%s): %s", id, fault.getMessage());
        return Problem.of(fault).withInstance(id);
    }

    /** What became of a request whose caller was turned away before. */
    void late(Throwable fault) {
        LOG.warnf("a request that was turned away for its time has failed: %s", fault);
    }

    private String newId() {
        return "urn:uuid:" + TimeOrderedId.at(clock.instant());
    }
}
