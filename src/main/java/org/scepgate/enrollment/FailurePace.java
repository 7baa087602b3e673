package org.scepgate.enrollment;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.scepgate.platform.CallersContext;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.PoolThreads;
import org.scepgate.platform.RequestConfig;
import org.scepgate.scep.MalformedMessageException;

/**
 * Lets a failure out at the end of a whole number of steps after its request came, and never in between: what little work
 * differs between two failures, such as the length of a row, does not show in how long they took (ADR 0003).
 */
@Startup
@Singleton
class FailurePace {
    private final long step;

    // Vert.x' own timers count whole milliseconds from when they are set: what is to be hidden would show in them.
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(PoolThreads.named("scepgate-failures"));

    FailurePace(RequestConfig config) {
        if (config.failureStep().compareTo(config.timeout()) >= 0) {
            throw new ConfigurationException(
                    "scepgate.request.failure-step", "must be less than scepgate.request.timeout, " + config.timeout());
        }
        this.step = config.failureStep().toNanos();
    }

    /**
     * The same, on the caller's Vert.x context; at the end of a step whatever is no success and comes after the envelope was
     * looked at, a fault of our own too.
     */
    Uni<Reply> hold(Sender sender, Uni<Reply> answer) {
        return answer.onItemOrFailure()
                .call((reply, fault) -> isRefusal(reply, fault)
                        ? untilNextStep(sender.arrivedNanos())
                        : Uni.createFrom().voidItem());
    }

    private static boolean isRefusal(Reply reply, Throwable fault) {
        return reply == null
                ? fault != CryptoPool.FULL && !(fault instanceof MalformedMessageException)
                : reply.isFailure();
    }

    private Uni<Void> untilNextStep(long arrivedNanos) {
        Executor caller = CallersContext.executor();
        return Uni.createFrom()
                .<Void>emitter(emitter -> timer.schedule(
                        () -> emitter.complete(null),
                        nanosLeft(System.nanoTime() - arrivedNanos),
                        TimeUnit.NANOSECONDS))
                .emitOn(caller);
    }

    /** Of a step that has begun. */
    long nanosLeft(long elapsedNanos) {
        return step - Math.floorMod(elapsedNanos, step);
    }

    @PreDestroy
    void close() {
        timer.shutdown();
    }
}
