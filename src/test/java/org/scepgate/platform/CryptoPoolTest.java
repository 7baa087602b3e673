package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.RecordedLog;

class CryptoPoolTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<CryptoPool> pools = new ArrayList<>();
    private final CryptoPool pool = poolOf(1, 2);
    private final CryptoPoolHealth health = new CryptoPoolHealth(pool);

    @AfterEach
    void close() {
        pools.forEach(CryptoPool::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void runsOnItsOwnThreadAndComesBackToTheCallersContext() throws Exception {
        CompletableFuture<List<Object>> seen = new CompletableFuture<>();
        Context caller = vertx.getOrCreateContext();

        caller.runOnContext(start -> pool.run(() -> Thread.currentThread().getName())
                .subscribe()
                .with(
                        worker -> seen.complete(List.of(worker, Vertx.currentContext() == caller)),
                        seen::completeExceptionally));

        assertThat(seen.get(10, TimeUnit.SECONDS).get(0).toString()).startsWith("scepgate-crypto");
        assertThat(seen.get().get(1)).isEqualTo(true);
    }

    @Test
    void turnsAwayWhatDoesNotFitAndTakesWorkAgainLater() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(pool.run(() -> hold.await(10, TimeUnit.SECONDS)).subscribeAsCompletionStage());
        }

        Uni<String> tooMuch = pool.run(() -> "not run");

        assertThatThrownBy(() -> tooMuch.await().indefinitely()).isInstanceOf(UnavailableException.class);
        hold.countDown();
        for (CompletableFuture<Boolean> task : accepted) {
            assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(pool.run(() -> "run").await().indefinitely()).isEqualTo("run");
    }

    @Test
    void neverTurnsAwayAFurtherTaskOfWhatItTookButCountsIt() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(pool.run(() -> hold.await(10, TimeUnit.SECONDS)).subscribeAsCompletionStage());
        }

        CompletableFuture<String> further = pool.runAdmitted(() -> "run").subscribeAsCompletionStage();
        Uni<String> newcomer = pool.run(() -> "not run");

        assertThat(further).isNotDone();
        assertThatThrownBy(() -> newcomer.await().indefinitely()).isInstanceOf(UnavailableException.class);
        hold.countDown();
        assertThat(further.get(10, TimeUnit.SECONDS)).isEqualTo("run");
        assertThat(accepted)
                .allSatisfy(task -> assertThat(task.get(10, TimeUnit.SECONDS)).isTrue());
        assertThat(pool.run(() -> "run").await().indefinitely()).isEqualTo("run");
    }

    @Test
    void tellsBeforeThereIsATaskWhetherItWouldTurnItAway() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(pool.isFullFor(3 - i)).isFalse();
            assertThat(pool.isFullFor(4 - i)).isTrue();
            accepted.add(pool.run(() -> hold.await(10, TimeUnit.SECONDS)).subscribeAsCompletionStage());
        }

        assertThat(pool.isFullFor(1)).isTrue();
        pool.turnAway();

        assertThat(CryptoPool.FULL).hasNoSuppressedExceptions().hasMessage("the pool for cryptography is full");
        assertThat(CryptoPool.FULL.getStackTrace()).isEmpty();
        assertThat(metrics.counter(MetricNames.CRYPTO_POOL_REJECTED).count()).isEqualTo(1);
        hold.countDown();
        for (CompletableFuture<Boolean> task : accepted) {
            assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(pool.isFullFor(1)).isFalse();
    }

    @Test
    void isNotAliveWhileEveryThreadIsAtOneStepForMoreThanAMinute() throws Exception {
        nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        Held first = new Held(pool);
        Held second = new Held(pool);
        first.awaitBegun();

        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        nanoTime.incrementAndGet();
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);

        first.end();
        second.awaitBegun();
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(61));
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
        second.end();
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isAliveWhileAThreadIsFreeAndTellsOnceWhereTheOtherStands() throws Exception {
        CryptoPool two = poolOf(2, 2);
        CryptoPoolHealth healthOfTwo = new CryptoPoolHealth(two);
        Held held = new Held(two);
        held.awaitBegun();

        nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));

        try (RecordedLog log = RecordedLog.of("org.scepgate.health")) {
            assertThat(healthOfTwo.call().getStatus()).isEqualTo(Status.UP);
            assertThat(healthOfTwo.call().getStatus()).isEqualTo(Status.UP);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("scepgate-crypto")
                    .contains("has been at one operation for a minute", "CryptoPoolTest$Held");
        }
        held.end();
        assertThat(two.standing()).isEmpty();
    }

    @Test
    void passesOnWhatATaskThrows() {
        Uni<Object> failing = pool.run(() -> {
            throw new IllegalStateException("no key");
        });

        assertThatThrownBy(() -> failing.await().indefinitely()).hasMessage("no key");
    }

    @Test
    void takesFurtherStepsFirstWhereMoreThanHalfOfItsPlacesAreTaken() throws Exception {
        List<String> first =
                IntStream.rangeClosed(1, 6).mapToObj(i -> "first " + i).toList();

        List<String> ran = inTheOrderThatTheyRun(first, List.of("further 1", "further 2"));

        assertThat(ran.subList(0, 2)).containsExactly("further 1", "further 2");
        assertThat(ran.subList(2, 8)).isEqualTo(first);
    }

    @Test
    void takesStepsAsTheyComeWhileHalfOfItsPlacesAreFree() throws Exception {
        assertThat(inTheOrderThatTheyRun(List.of("first"), List.of("further"))).containsExactly("first", "further");
    }

    /** On one thread with ten places more, which is busy while they come in. */
    private List<String> inTheOrderThatTheyRun(List<String> first, List<String> further) throws Exception {
        CryptoPool one = poolOf(1, 10);
        Held held = new Held(one);
        List<String> ran = new CopyOnWriteArrayList<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        first.forEach(name -> all.add(one.run(() -> ran.add(name)).subscribeAsCompletionStage()));
        further.forEach(name -> all.add(one.runAdmitted(() -> ran.add(name)).subscribeAsCompletionStage()));
        held.end();
        for (CompletableFuture<?> step : all) {
            step.get(10, TimeUnit.SECONDS);
        }
        return ran;
    }

    @Test
    void keepsNoPlaceForAStepThatCouldNotBegin() {
        pool.close();

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> pool.run(() -> "not run").await().indefinitely())
                    .isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(pool.isFullFor(1)).isFalse();
    }

    @Test
    void tellsOfAnErrorToo() {
        Uni<Object> failing = pool.run(() -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(() -> failing.await().atMost(Duration.ofSeconds(10)))
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(pool.run(() -> "run").await().indefinitely()).isEqualTo("run");
    }

    /** A step that does not end until it is told to. */
    private static final class Held {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final CompletableFuture<Boolean> result;

        private Held(CryptoPool pool) {
            this.result = pool.run(() -> {
                        begun.countDown();
                        return released.await(10, TimeUnit.SECONDS);
                    })
                    .subscribeAsCompletionStage();
        }

        private void awaitBegun() throws InterruptedException {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }

        private void end() throws Exception {
            released.countDown();
            assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private CryptoPool poolOf(int threads, int queue) {
        CryptoPool made = new CryptoPool(new Sizes(threads, queue), metrics, nanoTime::get);
        pools.add(made);
        return made;
    }

    record Sizes(int one, int queue) implements CryptoConfig {
        @Override
        public OptionalInt threads() {
            return OptionalInt.of(one);
        }

        @Override
        public Provider provider() {
            return Provider.JDK;
        }
    }
}
