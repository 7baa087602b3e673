package org.scepgate.mdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.UnavailableException;

class HashQueueTest {
    private final Vertx vertx = Vertx.vertx();
    private final HashQueue hashes = new HashQueue();

    @AfterEach
    void close() {
        hashes.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void comesBackToTheCallersContext() throws Exception {
        CompletableFuture<List<Object>> seen = new CompletableFuture<>();
        Context caller = vertx.getOrCreateContext();

        caller.runOnContext(start -> hashes.run(() -> Thread.currentThread().getName())
                .subscribe()
                .with(
                        worker -> seen.complete(List.of(worker, Vertx.currentContext() == caller)),
                        seen::completeExceptionally));

        assertThat(seen.get(10, TimeUnit.SECONDS).get(0).toString()).startsWith("scepgate-hashes");
        assertThat(seen.get().get(1)).isEqualTo(true);
    }

    @Test
    void passesOnWhatAHashThrows() {
        Uni<String> failing = hashes.run(() -> {
            throw new IllegalStateException("no such hash");
        });

        assertThatThrownBy(() -> failing.await().indefinitely()).hasMessage("no such hash");
        assertThat(hashes.run(() -> "next").await().indefinitely()).isEqualTo("next");
    }

    @Test
    void makesOneAtATimeAndTurnsAwayWhatIsTooMuch() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i <= HashQueue.MOST_WAITING; i++) {
            accepted.add(hashes.run(() -> {
                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                        boolean released = hold.await(10, TimeUnit.SECONDS);
                        atOnce.decrementAndGet();
                        return released;
                    })
                    .subscribeAsCompletionStage());
        }

        Uni<String> tooMuch = hashes.run(() -> "run later");

        assertThatThrownBy(() -> tooMuch.await().indefinitely()).isInstanceOf(UnavailableException.class);
        hold.countDown();
        for (CompletableFuture<Boolean> hash : accepted) {
            assertThat(hash.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValue(1);
        assertThat(tooMuch.await().indefinitely()).isEqualTo("run later");
    }
}
