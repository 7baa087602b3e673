package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The way back to who asked: Hibernate Reactive fails on any other thread than that of the caller's Vert.x context. */
public final class CallersContext {
    private CallersContext() {}

    /** Runs on the context of who calls this, or at once where there is none. */
    public static Executor executor() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }

    /** What several wait for, given to this caller on its context; whoever gives up waiting takes nothing from the others. */
    public static <T> Uni<T> waitFor(CompletionStage<T> shared) {
        // A copy: whoever gives up waiting would cancel it for all others.
        return Uni.createFrom()
                .completionStage(shared.thenApply(found -> found))
                .emitOn(executor());
    }
}
