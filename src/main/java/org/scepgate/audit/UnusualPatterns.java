package org.scepgate.audit;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;

/** Looks for what is unusual in the events of the last while, and raises an alarm. Of all servers one does it. */
@Singleton
class UnusualPatterns {
    private static final String LOCK = "scepgate.alerts";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final AlertConfig config;
    private final Optional<AlarmHours> hours;
    private final AlarmStore store;
    private final ReplicaLock lock;
    private final Clock clock;

    UnusualPatterns(AlertConfig config, AlarmStore store, ReplicaLock lock, Clock clock) {
        this.config = config;
        this.hours = AlarmHours.of(config.hours());
        this.store = store;
        this.lock = lock;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        require(config.window(), "window");
        require(config.interval(), "interval");
        schedule.every("looking for unusual patterns", config.interval(), config.interval(), this::look);
    }

    private static void require(Duration set, String key) {
        if (set.compareTo(SHORTEST) < 0) {
            throw new ConfigurationException("scepgate.alerts." + key, "must be at least " + SHORTEST);
        }
    }

    private Uni<Void> look() {
        return lock.tryToRun(LOCK, this::look);
    }

    private Uni<Void> look(SqlConnection connection) {
        Instant now = clock.instant();
        Instant since = now.minus(config.window());
        return store.forgetRaisedBefore(connection, since)
                .chain(() -> raise(
                        counted(
                                config.enrolmentsPerAddress(),
                                Alarm::enrolmentsFrom,
                                threshold -> store.enrolmentsByAddress(connection, since, threshold)),
                        now))
                .chain(() -> raise(
                        counted(
                                config.failuresPerAddress(),
                                Alarm::failuresFrom,
                                threshold -> store.failuresByAddress(connection, since, threshold)),
                        now))
                .chain(() -> raise(
                        counted(
                                config.failuresPerClient(),
                                Alarm::failuresOf,
                                threshold -> store.failuresByClient(connection, since, threshold)),
                        now))
                .chain(() -> raise(outsideHours(connection, since), now));
    }

    private static Uni<List<Alarm>> counted(
            long threshold, BiFunction<String, Long, Alarm> alarm, LongFunction<Uni<List<AlarmStore.Count>>> count) {
        if (threshold <= 0) {
            return Uni.createFrom().item(List.of());
        }
        return count.apply(threshold)
                .map(found -> found.stream()
                        .map(one -> alarm.apply(one.name(), one.count()))
                        .toList());
    }

    private Uni<List<Alarm>> outsideHours(SqlConnection connection, Instant since) {
        return hours.map(set -> store.enrolmentsByMinute(connection, since).map(minutes -> outside(set, minutes)))
                .orElseGet(() -> Uni.createFrom().item(List.of()));
    }

    private static List<Alarm> outside(AlarmHours hours, List<AlarmStore.Minute> minutes) {
        Map<String, Long> counts = minutes.stream()
                .filter(minute -> !hours.cover(minute.minute()))
                .collect(Collectors.groupingBy(
                        AlarmStore.Minute::profile, Collectors.summingLong(AlarmStore.Minute::count)));
        return counts.entrySet().stream()
                .map(count -> Alarm.outsideHours(count.getKey(), count.getValue()))
                .toList();
    }

    private Uni<Void> raise(Uni<List<Alarm>> alarms, Instant now) {
        return alarms.chain(found -> Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(alarm -> store.raise(alarm, now, config.window()))
                .collect()
                .last()
                .replaceWithVoid());
    }
}
