package org.scepgate.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;

/** Removes rows whose time is over; of all servers one does it. */
@Singleton
class Retention {
    private static final Logger LOG = Logger.getLogger("org.scepgate.retention");
    private static final String LOCK = "scepgate.retention";
    private static final String PREFIX = "scepgate.retention.";
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofDays(1);

    private final RetentionConfig config;
    private final ReplicaLock lock;
    private final Clock clock;
    private final MeterRegistry metrics;

    Retention(RetentionConfig config, ReplicaLock lock, Clock clock, MeterRegistry metrics) {
        this.config = config;
        this.lock = lock;
        this.clock = clock;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        require(config.challenges(), SHORTEST, "challenges");
        require(config.audit(), SHORTEST, "audit");
        require(config.events(), SHORTEST, "events");
        require(config.interval(), Duration.ofSeconds(1), "interval");
        Duration first = config.interval().compareTo(FIRST) < 0 ? config.interval() : FIRST;
        schedule.every("removing old rows", first, config.interval(), this::removeAll);
    }

    private static void require(Duration set, Duration shortest, String key) {
        if (set.compareTo(shortest) < 0) {
            throw new ConfigurationException(PREFIX + key, "must be at least " + shortest);
        }
    }

    /** One table after the other, each whether or not another could be cleaned; fails at the end if one could not. */
    private Uni<Void> removeAll() {
        return lock.tryToRun(
                LOCK,
                connection -> Uni.join()
                        .all(
                                remove(connection, OldRows.HELD_REQUEST, config.challenges()),
                                remove(connection, OldRows.CHALLENGE, config.challenges()),
                                remove(connection, OldRows.EVENT, config.events()),
                                remove(connection, OldRows.AUDIT_EVENT, config.audit()))
                        .usingConcurrencyOf(1)
                        .andCollectFailures()
                        .onFailure(CompositeException.class)
                        .transform(failures -> inOneLine((CompositeException) failures))
                        .replaceWithVoid());
    }

    private Uni<Void> remove(SqlConnection connection, OldRows rows, Duration kept) {
        return rows.remove(connection, clock.instant().minus(kept))
                .invoke(removed -> report(rows, removed))
                .onFailure()
                .transform(failure -> new IllegalStateException(table(rows) + ": " + failure, failure))
                .replaceWithVoid();
    }

    private static IllegalStateException inOneLine(CompositeException failures) {
        String message =
                failures.getCauses().stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        return new IllegalStateException(message, failures);
    }

    private void report(OldRows rows, long removed) {
        if (removed > 0) {
            metrics.counter(MetricNames.RETENTION_REMOVED, "table", table(rows)).increment(removed);
            LOG.infof("retention.removed table=%s rows=%d", table(rows), removed);
        }
    }

    private static String table(OldRows rows) {
        return rows.name().toLowerCase(Locale.ROOT);
    }
}
