package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * A task and then its result, each of which is forgotten once it was handed on. A thread that waits for work remembers the
 * last task that it ran, and by it the result: a challenge or a password would stay in memory until the next one comes.
 */
public final class HandOver<T> {
    private Callable<T> task;
    private T result;

    private HandOver(Callable<T> task) {
        this.task = task;
    }

    /**
     * Runs a task on a thread of the executor and gives its result on the caller's Vert.x context, if the caller still waits.
     *
     * @param ended is run when the task has ended, whoever waits
     */
    public static <T> Uni<T> through(WorkerExecutor executor, Callable<T> task, Runnable ended) {
        return Uni.createFrom().emitter(caller -> {
            HandOver<T> handOver = new HandOver<>(task);
            executor.executeBlocking(() -> handOver.run(ended), false)
                    .onComplete(done -> caller.complete(done.take()), caller::fail);
        });
    }

    private HandOver<T> run(Runnable ended) throws Exception {
        Callable<T> mine = task;
        task = null;
        try {
            result = mine.call();
            return this;
        } finally {
            ended.run();
        }
    }

    private T take() {
        T taken = result;
        result = null;
        return taken;
    }
}
