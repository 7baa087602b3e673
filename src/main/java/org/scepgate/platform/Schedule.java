package org.scepgate.platform;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does work again and again while the server runs, each one run at a time. */
@Singleton
public class Schedule {
    private static final Logger LOG = Logger.getLogger("org.scepgate.schedule");

    /** Of a server that stops, for the runs under way: mostly milliseconds, more with much to catch up on or a slow receiver. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Duration farewell;
    private final List<Turn> turns = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    @Inject
    Schedule(Vertx vertx) {
        this(vertx, FAREWELL);
    }

    Schedule(Vertx vertx, Duration farewell) {
        this.vertx = vertx;
        this.farewell = farewell;
    }

    /** The first run is after {@code delay}. A run that fails is logged, once for many failures in a row. */
    public void every(String name, Duration delay, Duration interval, Supplier<Uni<Void>> work) {
        turns.add(new Turn(name, delay, interval, work));
    }

    private final class Turn {
        private final String name;
        private final Supplier<Uni<Void>> work;
        private final Semaphore idle = new Semaphore(1);
        private final AtomicBoolean failed = new AtomicBoolean();
        private final long timer;

        Turn(String name, Duration delay, Duration interval, Supplier<Uni<Void>> work) {
            this.name = name;
            this.work = work;
            this.timer = vertx.setPeriodic(delay.toMillis(), interval.toMillis(), due -> run());
        }

        void run() {
            if (idle.tryAcquire()) {
                // A context of its own, as a request has one: sessions of Hibernate Reactive live in nothing else.
                Context context = VertxContext.createNewDuplicatedContext();
                VertxContextSafetyToggle.setContextSafe(context, true);
                context.runOnContext(begun ->
                        Uni.createFrom().<Void>deferred(work::get).subscribe().with(done -> succeeded(), this::failed));
            }
        }

        private void succeeded() {
            failed.set(false);
            idle.release();
        }

        private void failed(Throwable failure) {
            if (stopped) {
                LOG.infof("%s ended with the server: %s", name, failure);
            } else if (failed.compareAndSet(false, true)) {
                LOG.errorf("%s failed, and is tried again: %s", name, failure);
            }
            idle.release();
        }
    }

    /**
     * Before the database is closed: a run that has begun would find no connection any more, and at last not even what
     * carries its failure.
     */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        stopped = true;
        turns.forEach(turn -> vertx.cancelTimer(turn.timer));
        long end = System.nanoTime() + farewell.toNanos();
        for (Turn turn : turns) {
            // Not given back, so that none begins any more.
            if (!turn.idle.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.infof("%s is still under way, and ends with the server", turn.name);
            }
        }
    }
}
