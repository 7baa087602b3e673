package org.scepgate.mdm;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.scepgate.platform.HandOver;
import org.scepgate.platform.PoolThreads;
import org.scepgate.platform.UnavailableException;

/**
 * Makes slow hashes, one at a time and beside the pool for cryptography: anybody can cause one, from as many addresses as
 * he has, and what devices need must go on meanwhile.
 */
@Singleton
class HashQueue {
    static final int MOST_WAITING = 8;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(PoolThreads.named("scepgate-hashes"));
    private final AtomicInteger load = new AtomicInteger();

    /** Gives the result on the caller's Vert.x context; fails with {@link UnavailableException} where too many wait. */
    <T> Uni<T> run(Callable<T> hash) {
        return Uni.createFrom().deferred(() -> {
            if (load.incrementAndGet() > 1 + MOST_WAITING) {
                load.decrementAndGet();
                return Uni.createFrom()
                        .failure(new UnavailableException("too many secrets wait to be compared", RETRY_AFTER_SECONDS));
            }
            // It counts until the hash is made, not until its caller gives up.
            return HandOver.through(executor, hash, load::decrementAndGet);
        });
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
