package org.scepgate.platform;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does work again and again while the server runs, each one run at a time. */
@Singleton
public class Schedule {
    private static final Logger LOG = Logger.getLogger("org.scepgate.schedule");

    private final Vertx vertx;
    private final List<Long> timers = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    Schedule(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The first run is after {@code delay}. A run that fails is logged, once for many failures in a row. */
    public void every(String name, Duration delay, Duration interval, Supplier<Uni<Void>> work) {
        Turn turn = new Turn(name, work);
        timers.add(vertx.setPeriodic(delay.toMillis(), interval.toMillis(), timer -> turn.run()));
    }

    private final class Turn {
        private final String name;
        private final Supplier<Uni<Void>> work;
        private final AtomicBoolean runs = new AtomicBoolean();
        private final AtomicBoolean failed = new AtomicBoolean();

        Turn(String name, Supplier<Uni<Void>> work) {
            this.name = name;
            this.work = work;
        }

        void run() {
            if (runs.compareAndSet(false, true)) {
                // A context of its own, as a request has one: sessions of Hibernate Reactive live in nothing else.
                Context context = VertxContext.createNewDuplicatedContext();
                VertxContextSafetyToggle.setContextSafe(context, true);
                context.runOnContext(begun ->
                        Uni.createFrom().<Void>deferred(work::get).subscribe().with(done -> succeeded(), this::failed));
            }
        }

        private void succeeded() {
            failed.set(false);
            runs.set(false);
        }

        private void failed(Throwable failure) {
            if (stopped) {
                LOG.infof("%s ended with the server: %s", name, failure);
            } else if (failed.compareAndSet(false, true)) {
                LOG.errorf("%s failed, and is tried again: %s", name, failure);
            }
            runs.set(false);
        }
    }

    /** Before the database is closed. */
    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        timers.forEach(vertx::cancelTimer);
    }
}
