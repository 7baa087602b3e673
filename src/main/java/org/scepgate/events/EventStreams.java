package org.scepgate.events;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Schedule;

/**
 * The open streams of this server. One look a second serves them all: a stream reads only when there is something after
 * its place, and no faster than its reader takes it.
 */
@Singleton
class EventStreams {
    private static final int RETRY_AFTER_SECONDS = 10;

    private final EventsConfig config;
    private final StreamStore store;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private volatile long head;
    private volatile boolean stopping;

    EventStreams(EventsConfig config, StreamStore store, Vertx vertx, Clock clock) {
        this.config = config;
        this.store = store;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        schedule.every("looking for new events", config.interval(), config.interval(), this::look);
    }

    private Uni<Void> look() {
        return open.get() == 0
                ? Uni.createFrom().voidItem()
                : store.head().invoke(found -> head = found).replaceWithVoid();
    }

    /** They would keep a server that stops waiting for them; their readers come back, to another one. */
    void stop(@Observes ShutdownDelayInitiatedEvent ending) {
        stopping = true;
    }

    /**
     * What a reader asks for.
     *
     * @param caller whose stream it is
     * @param after the last event it has seen; empty for what happens from now on
     * @param end when its token ends
     */
    record Order(String caller, StreamStore.Filter filter, Optional<UUID> after, Instant end) {}

    /** What is sent next: events, or nothing for so long that a sign of life is due. */
    record Step(List<StreamStore.Told> events, boolean signOfLife) {}

    /** Fails at once if there are too many. */
    Multi<Step> open(Order order) {
        enter(order.caller());
        return placeOf(order)
                .onItem()
                .transformToMulti(place -> steps(order, new Reader(place, clock.instant())))
                .onTermination()
                .invoke(() -> leave(order.caller()));
    }

    private void enter(String caller) {
        boolean fits = open.incrementAndGet() <= config.maxStreams();
        boolean fair = byCaller.merge(caller, 1, Integer::sum) <= config.maxStreamsPerCaller();
        if (!fits || !fair) {
            leave(caller);
            throw ApiException.tooManyRequests(
                    "too-many-streams",
                    (fair ? "this server" : "this caller") + " has as many streams open as it may",
                    RETRY_AFTER_SECONDS);
        }
    }

    private void leave(String caller) {
        open.decrementAndGet();
        byCaller.computeIfPresent(caller, (id, streams) -> streams == 1 ? null : streams - 1);
    }

    private Uni<Long> placeOf(Order order) {
        return order.after().map(store::placeOf).orElseGet(store::head);
    }

    /** Where a stream stands. */
    private static final class Reader {
        private long place;
        private Instant lastSign;

        Reader(long place, Instant now) {
            this.place = place;
            this.lastSign = now;
        }
    }

    private Multi<Step> steps(Order order, Reader reader) {
        Multi<Step> steps = Multi.createBy()
                .repeating()
                .uni(() -> next(order, reader))
                .whilst(step -> !stopping && clock.instant().isBefore(order.end()));
        // So that the reader sees at once that the stream is open.
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(new Step(List.of(), true)), steps);
    }

    private Uni<Step> next(Order order, Reader reader) {
        long known = head;
        if (known <= reader.place) {
            return pause().map(waited -> idle(reader));
        }
        long until = Math.min(known, reader.place + StreamStore.NUMBERS_AT_ONCE);
        return store.read(order.filter(), reader.place, until).map(found -> {
            boolean all = found.size() < StreamStore.AT_ONCE;
            reader.place = all ? until : found.get(found.size() - 1).number();
            if (found.isEmpty()) {
                return idle(reader);
            }
            reader.lastSign = clock.instant();
            return new Step(found, false);
        });
    }

    private Step idle(Reader reader) {
        Instant now = clock.instant();
        boolean due = Duration.between(reader.lastSign, now).compareTo(config.keepAlive()) >= 0;
        reader.lastSign = due ? now : reader.lastSign;
        return new Step(List.of(), due);
    }

    private Uni<Long> pause() {
        return Uni.createFrom()
                .emitter(waiting -> vertx.setTimer(config.interval().toMillis(), waiting::complete));
    }
}
