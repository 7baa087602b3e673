package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduleTest {
    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<CompletableFuture<Void>> begun = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void beginsARunOnlyWhenTheOneBeforeHasEnded() throws Exception {
        scheduled(LONG);

        CompletableFuture<Void> first = begun.take();
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
        first.completeExceptionally(new IllegalStateException("a run that fails"));

        begun.take().complete(null);
        begun.take();
    }

    @Test
    void stopsWhenTheRunUnderWayHasEndedAndBeginsNoOther() throws Exception {
        Schedule schedule = scheduled(LONG);
        CompletableFuture<Void> run = begun.take();

        Thread stopping = stop(schedule);
        // Nothing else in it waits for a time.
        Awaitility.await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        run.complete(null);

        stopping.join();
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void doesNotWaitWithoutAnEndForARunThatHangs() throws Exception {
        Schedule schedule = scheduled(Duration.ofMillis(1));
        begun.take();

        stop(schedule).join();
    }

    private Schedule scheduled(Duration farewell) {
        Schedule schedule = new Schedule(vertx, farewell);
        schedule.every("a job", OFTEN, OFTEN, this::begin);
        return schedule;
    }

    private Uni<Void> begin() {
        CompletableFuture<Void> run = new CompletableFuture<>();
        begun.add(run);
        return Uni.createFrom().completionStage(run);
    }

    private static Thread stop(Schedule schedule) {
        Thread stopping = new Thread(() -> {
            try {
                schedule.stop(new ShutdownEvent());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        return stopping;
    }
}
