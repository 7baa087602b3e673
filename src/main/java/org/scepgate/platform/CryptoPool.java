package org.scepgate.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The door off the event loop: a bounded pool of threads for signatures and decryption.
 *
 * <p>Load is shed at the first step of a request and never later: a challenge may be spent by then, and the device would
 * get a 503 for its certificate. And what has begun goes before what has not: who waits under load has not been read yet,
 * and so holds little memory.
 */
@Singleton
public class CryptoPool {
    /** What all are told who find no place. */
    public static final UnavailableException FULL =
            UnavailableException.forLoad("the pool for cryptography is full", 1);

    /** No task takes a part of this, but for one that waits for a token without an end. */
    private static final Duration STANDSTILL = Duration.ofMinutes(1);

    private final ThreadPoolExecutor executor;
    private final int threads;
    private final int capacity;
    private final LongSupplier nanoTime;
    private final AtomicInteger load = new AtomicInteger();
    private final AtomicLong tasks = new AtomicLong();
    private final Counter rejected;
    private final ShedLog shed = new ShedLog("the pool for cryptography was full");

    // When a thread was known to be free last.
    private volatile long moved;

    @Inject
    CryptoPool(CryptoConfig config, MeterRegistry metrics) {
        this(config, metrics, System::nanoTime);
    }

    CryptoPool(CryptoConfig config, MeterRegistry metrics, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.moved = nanoTime.getAsLong();
        this.threads = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                PoolThreads.named("scepgate-crypto"));
        this.capacity = threads + config.queue();
        this.rejected = metrics.counter(MetricNames.CRYPTO_POOL_REJECTED);
        Gauge.builder(MetricNames.CRYPTO_POOL_LOAD, load, AtomicInteger::get).register(metrics);
    }

    /**
     * Runs the first task of a request on the pool and gives its result on the caller's Vert.x context, so that a database session of the
     * caller can go on (Hibernate Reactive fails with HR000068 on any other thread). A full pool fails with
     * {@link UnavailableException}.
     */
    public <T> Uni<T> run(Callable<T> task) {
        return Uni.createFrom().deferred(() -> admit(task));
    }

    /**
     * Runs a further task of a request that {@link #run} took, likewise; it waits for its turn however full the pool is,
     * and those that come after it are turned away instead.
     */
    public <T> Uni<T> runAdmitted(Callable<T> task) {
        return Uni.createFrom().deferred(() -> {
            enter();
            return start(task, true);
        });
    }

    /** Counts one more whom {@link #isFull()} leaves no place: before the request is read, that costs next to nothing. */
    public void turnAway() {
        rejected.increment();
        shed.add();
    }

    /** Whether a first task would find no place just now. */
    public boolean isFull() {
        return load.get() >= capacity;
    }

    /** Whether every thread has been busy for a minute with what it was busy with at its beginning. */
    boolean standsStill() {
        return load.get() >= threads && nanoTime.getAsLong() - moved > STANDSTILL.toNanos();
    }

    private <T> Uni<T> admit(Callable<T> task) {
        if (enter() > capacity) {
            load.decrementAndGet();
            turnAway();
            return Uni.createFrom().failure(FULL);
        }
        return start(task, false);
    }

    private int enter() {
        if (load.get() < threads) {
            moved = nanoTime.getAsLong();
        }
        return load.incrementAndGet();
    }

    private <T> Uni<T> start(Callable<T> task, boolean further) {
        // The executor's own queue has no bound, hence the count; it falls when the task ends, not when its caller
        // gives up.
        return HandOver.through(
                step -> executor.execute(new Turn(step, further, tasks.getAndIncrement())), task, this::leave);
    }

    /** @param number of those that came before it */
    private record Turn(Runnable step, boolean further, long number) implements Runnable, Comparable<Turn> {
        private static final Comparator<Turn> ORDER =
                Comparator.comparing(Turn::further).reversed().thenComparingLong(Turn::number);

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            step.run();
        }
    }

    private void leave() {
        moved = nanoTime.getAsLong();
        load.decrementAndGet();
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }
}
