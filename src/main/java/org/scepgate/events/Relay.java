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
import java.util.concurrent.atomic.AtomicReference;
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
    private static final int AT_ONCE = 100;
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
                LOCK, connection -> config.enabled() ? tellAll(connection) : events.forgetProgress(connection));
    }

    private Uni<Void> tellAll(SqlConnection connection) {
        return events.progress(connection, AUDIT)
                .chain(known ->
                        known.map(progress -> Uni.createFrom().item(progress)).orElseGet(() -> begin(connection)))
                .chain(progress -> tellAfter(connection, progress));
    }

    /** What happened before is told by nobody. */
    private Uni<Progress> begin(SqlConnection connection) {
        return audit.last(connection)
                .map(last -> reached(last.orElse(NONE)))
                .call(progress -> events.write(connection, List.of(), progress));
    }

    private Uni<Void> tellAfter(SqlConnection connection, Progress begin) {
        // While the lock is held, nobody else moves it.
        AtomicReference<Progress> progress = new AtomicReference<>(begin);
        return Multi.createBy()
                .repeating()
                .uni(() -> tellPortion(connection, progress)
                        // However much there is to tell, ends come in time.
                        .call(() -> expiries.tell(connection)))
                .whilst(read -> read == AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Gives how many entries were read. */
    private Uni<Integer> tellPortion(SqlConnection connection, AtomicReference<Progress> progress) {
        Progress after = progress.get();
        return audit.after(connection, after.number(), after.id(), AT_ONCE)
                .call(entries -> entries.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tell(connection, entries).invoke(progress::set))
                .map(List::size);
    }

    /** Gives how far they go. */
    private Uni<Progress> tell(SqlConnection connection, List<AppendedEvent> entries) {
        Instant now = clock.instant();
        List<Event> found = entries.stream()
                .flatMap(entry -> AuditedEvents.of(entry.event(), now).stream())
                .toList();
        Progress reached = reached(entries.get(entries.size() - 1));
        return owners.withOwners(connection, found)
                .chain(told -> events.write(connection, told, reached))
                .replaceWith(reached);
    }

    private static Progress reached(AppendedEvent last) {
        return new Progress(AUDIT, last.writtenIn(), null, last.id());
    }
}
