package org.scepgate.platform;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;

/** Threads beside the event loops, which keep no process from its end. */
public final class PoolThreads {
    private PoolThreads() {}

    /** Theirs is the class loader of the server, whoever's request is the first. */
    public static ThreadFactory named(String name) {
        ThreadFactory threads = new DefaultThreadFactory(name, true);
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(PoolThreads.class.getClassLoader());
            return thread;
        };
    }
}
