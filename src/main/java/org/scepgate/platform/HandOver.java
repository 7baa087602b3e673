package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * A task and then what came of it, each of which is forgotten once it was handed on. A thread that waits for work may
 * remember the last task that it ran, and by it the result: a challenge or a password would stay in memory until the next
 * one comes.
 */
public final class HandOver<T> {
    private final Executor caller;
    // Each belongs to one thread at a time: the caller's, then the task's, then the caller's; queues lie between them.
    private Callable<T> task;
    private UniEmitter<? super T> waiting;
    private T result;
    private Throwable failure;

    private HandOver(Callable<T> task, UniEmitter<? super T> waiting) {
        this.caller = CallersContext.executor();
        this.task = task;
        this.waiting = waiting;
    }

    /**
     * Runs a task by the executor and gives its result on the caller's Vert.x context, if the caller still waits. What the
     * task throws is its failure, errors too: whoever waits would wait without an end.
     *
     * @param ended is run when the task has ended, whoever waits
     */
    public static <T> Uni<T> through(Executor executor, Callable<T> task, Runnable ended) {
        return Uni.createFrom().emitter(waiting -> {
            HandOver<T> handOver = new HandOver<>(task, waiting);
            try {
                executor.execute(() -> handOver.run(ended));
            } catch (Throwable notBegun) {
                // Also where the system has no thread left.
                ended.run();
                waiting.fail(notBegun);
            }
        });
    }

    private void run(Runnable ended) {
        Callable<T> mine = task;
        task = null;
        try {
            result = mine.call();
        } catch (Throwable e) {
            failure = e;
        } finally {
            ended.run();
        }
        caller.execute(this::give);
    }

    private void give() {
        UniEmitter<? super T> receiver = waiting;
        T given = result;
        Throwable thrown = failure;
        waiting = null;
        result = null;
        failure = null;
        if (thrown == null) {
            receiver.complete(given);
        } else {
            receiver.fail(thrown);
        }
    }
}
