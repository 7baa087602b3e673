package org.scepgate.events;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.scepgate.audit.AppendedEvent;
import org.scepgate.audit.AuditTail;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;

/**
 * Makes events of the audit log and of ends that come. Of all servers one does it at a time.
 *
 * <p>The audit log is the outbox: its rows are written in the transaction that they tell of, so an enrolment writes
 * nothing more for being told.
 */
@Singleton
class Relay {
    private static final String LOCK = "scepgate.events";
    private static final String AUDIT = "audit";
    // Made on an event loop, where devices wait behind it.
    private static final int AT_ONCE = 50;
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final AppendedEvent NONE = new AppendedEvent(-1, new UUID(0, 0), null);

    private final EventsConfig config;
    private final AuditTail audit;
    private final OwnerStore owners;
    private final EventStore events;
    private final Expiries expiries;
    private final ReplicaLock lock;
    private final Clock clock;

    Relay(
            EventsConfig config,
            AuditTail audit,
            OwnerStore owners,
            EventStore events,
            Expiries expiries,
            ReplicaLock lock,
            Clock clock) {
        this.config = config;
        this.audit = audit;
        this.owners = owners;
        this.events = events;
        this.expiries = expiries;
        this.lock = lock;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        if (config.interval().compareTo(SHORTEST) < 0) {
            throw new ConfigurationException(EventsConfig.PREFIX + ".interval", "must be at least " + SHORTEST);
        }
        schedule.every("telling events", config.interval(), config.interval(), this::tell);
    }

    private Uni<Void> tell() {
        return lock.tryToRun(
                LOCK,
                connection -> config.enabled()
                        ? tellAudited(connection).chain(() -> expiries.tell(connection))
                        : events.forgetProgress(connection));
    }

    private Uni<Void> tellAudited(SqlConnection connection) {
        return Multi.createBy()
                .repeating()
                .uni(() -> events.progress(connection, AUDIT)
                        .chain(progress -> progress.map(reached -> tellAfter(connection, reached))
                                .orElseGet(() -> begin(connection))))
                .whilst(read -> read == AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** What happened before is told by nobody. */
    private Uni<Integer> begin(SqlConnection connection) {
        return audit.last(connection)
                .map(last -> last.orElse(NONE))
                .chain(last -> events.write(connection, List.of(), reached(last)))
                .replaceWith(0);
    }

    /** Gives how many entries were read. */
    private Uni<Integer> tellAfter(SqlConnection connection, Progress progress) {
        return audit.after(connection, progress.number(), progress.id(), AT_ONCE)
                .chain(entries -> entries.isEmpty()
                        ? Uni.createFrom().item(0)
                        : tell(connection, entries).replaceWith(entries.size()));
    }

    private Uni<Void> tell(SqlConnection connection, List<AppendedEvent> entries) {
        Instant now = clock.instant();
        List<Event> found = entries.stream()
                .flatMap(entry -> AuditedEvents.of(entry.event(), now).stream())
                .toList();
        Progress reached = reached(entries.get(entries.size() - 1));
        return owners.withOwners(connection, found).chain(told -> events.write(connection, told, reached));
    }

    private static Progress reached(AppendedEvent last) {
        return new Progress(AUDIT, last.writtenIn(), null, last.id());
    }
}
