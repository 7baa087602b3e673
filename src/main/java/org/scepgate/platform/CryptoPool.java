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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The door off the event loop: a bounded pool of threads for signatures and decryption.
 *
 * <p>Load is shed at the first step of a request and never later: a challenge may be spent by then, and the device would
 * get a 503 for its certificate. Steps are taken in the order in which they come, for that is fairest; but where more than
 * half of the places are taken, further steps go before first ones: who waits under an overload has not been decoded yet,
 * and so holds little memory.
 */
@Singleton
public class CryptoPool {
    /** What all are told who find no place. */
    public static final UnavailableException FULL =
            UnavailableException.forLoad("the pool for cryptography is full", 1);

    /** No step takes a part of this, but for one that waits for a token without an end. */
    private static final Duration STANDSTILL = Duration.ofMinutes(1);

    private final ThreadPoolExecutor executor;
    private final int threads;
    private final int capacity;
    private final int half;
    private final LongSupplier nanoTime;
    private final AtomicInteger load = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();
    private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();
    private final Counter rejected;
    private final ShedLog shed = new ShedLog("the pool for cryptography was full");

    @Inject
    CryptoPool(CryptoConfig config, MeterRegistry metrics) {
        this(config, metrics, System::nanoTime);
    }

    CryptoPool(CryptoConfig config, MeterRegistry metrics, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.threads = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                PoolThreads.named("scepgate-crypto"));
        this.capacity = threads + config.queue();
        this.half = threads + config.queue() / 2;
        this.rejected = metrics.counter(MetricNames.CRYPTO_POOL_REJECTED);
        Gauge.builder(MetricNames.CRYPTO_POOL_LOAD, load, AtomicInteger::get).register(metrics);
    }

    /**
     * Runs the first step of a request on the pool and gives its result on the caller's Vert.x context, so that a database
     * session of the caller can go on (Hibernate Reactive fails with HR000068 on any other thread). A full pool fails with
     * {@link UnavailableException}.
     */
    public <T> Uni<T> run(Callable<T> step) {
        return Uni.createFrom().deferred(() -> admit(step));
    }

    /**
     * Runs a further step of a request, or one of our own, likewise; it waits for its turn however full the pool is, and
     * those that come after it are turned away instead.
     */
    public <T> Uni<T> runAdmitted(Callable<T> step) {
        return Uni.createFrom().deferred(() -> {
            Rank rank = load.incrementAndGet() > half ? Rank.AHEAD : Rank.AS_IT_COMES;
            return start(rank, step);
        });
    }

    /** Counts one more whom {@link #isFullFor} leaves no place: before the request is read, that costs next to nothing. */
    public void turnAway() {
        rejected.increment();
        shed.add();
    }

    /** Whether some of so many first steps would find no place just now. */
    public boolean isFullFor(int steps) {
        return load.get() + steps > capacity;
    }

    int threads() {
        return threads;
    }

    /** The threads that have been at one step for more than a minute, and when it began by {@link System#nanoTime()}. */
    Map<Thread, Long> standing() {
        long now = nanoTime.getAsLong();
        return busySince.entrySet().stream()
                .filter(busy -> now - busy.getValue() > STANDSTILL.toNanos())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private <T> Uni<T> admit(Callable<T> step) {
        if (load.incrementAndGet() > capacity) {
            load.decrementAndGet();
            turnAway();
            return Uni.createFrom().failure(FULL);
        }
        return start(Rank.AS_IT_COMES, step);
    }

    private <T> Uni<T> start(Rank rank, Callable<T> step) {
        // The executor's own queue has no bound, hence the count; it falls when the step ends, not when its caller
        // gives up.
        return HandOver.through(
                work -> executor.execute(new QueuedStep(rank, steps.getAndIncrement(), work)),
                () -> watched(step),
                load::decrementAndGet);
    }

    private <T> T watched(Callable<T> step) throws Exception {
        Thread thread = Thread.currentThread();
        busySince.put(thread, nanoTime.getAsLong());
        try {
            return step.call();
        } finally {
            busySince.remove(thread);
        }
    }

    /** In this order. */
    private enum Rank {
        AHEAD,
        AS_IT_COMES
    }

    /** @param number how many came before it */
    private record QueuedStep(Rank rank, long number, Runnable work) implements Runnable, Comparable<QueuedStep> {
        private static final Comparator<QueuedStep> ORDER =
                Comparator.comparing(QueuedStep::rank).thenComparingLong(QueuedStep::number);

        @Override
        public int compareTo(QueuedStep other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            work.run();
        }
    }

    @PreDestroy
    void close() {
        // Who waited is not answered any more: the time that a shutdown leaves requests is over.
        executor.shutdownNow();
    }
}
