package org.scepgate.platform;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.impl.pool.SqlConnectionPool;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * Writes what nobody caught on an event loop to the log, but for one thing that is no fault of anybody's request: where no
 * connection could be had, the driver's timer for it goes on, and at last finds that the caller was told before
 * (vertx-sql-client issue 1706). In an outage that would be a stack trace for each request.
 */
@Singleton
class UncaughtLog {
    private static final Logger LOG = Logger.getLogger("org.scepgate.fault");
    /** Of the timer's own frames, below those of the promise. */
    private static final int DEEPEST_FRAME = 3;

    private final LineBudget lines = new LineBudget();

    void start(@Observes StartupEvent starting, Vertx vertx) {
        vertx.exceptionHandler(this::write);
    }

    private void write(Throwable fault) {
        if (!isStaleTimer(fault)) {
            lines.write(more -> LOG.errorf(fault, "nobody caught this on an event loop%s", more));
        }
    }

    static boolean isStaleTimer(Throwable fault) {
        return fault instanceof IllegalStateException
                && "Result is already complete".equals(fault.getMessage())
                && Arrays.stream(fault.getStackTrace())
                        .limit(DEEPEST_FRAME)
                        .anyMatch(frame -> frame.getClassName().equals(SqlConnectionPool.class.getName()));
    }
}
