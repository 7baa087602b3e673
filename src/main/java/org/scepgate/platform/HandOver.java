package org.scepgate.platform;

import java.util.concurrent.Callable;

/**
 * A task and then its result, each of which is forgotten once it was handed on. A thread that waits for work remembers the
 * last task that it ran, and by it the result: a challenge or a password would stay in memory until the next one comes.
 */
public final class HandOver<T> {
    private Callable<T> task;
    private T result;

    public HandOver(Callable<T> task) {
        this.task = task;
    }

    /** Runs the task, once. */
    public HandOver<T> run() throws Exception {
        Callable<T> mine = task;
        task = null;
        result = mine.call();
        return this;
    }

    /** The result, once; whoever calls has seen {@link #run()} return. */
    public T take() {
        T taken = result;
        result = null;
        return taken;
    }
}
