package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A value that is fetched once for all who need it, and kept while it is good or until somebody finds that it is not. */
final class Kept<T> {
    private final Supplier<Uni<T>> source;
    private final Predicate<T> good;
    private T value;
    private CompletableFuture<T> running;

    Kept(Supplier<Uni<T>> source, Predicate<T> good) {
        this.source = source;
        this.good = good;
    }

    Uni<T> get() {
        return Uni.createFrom().deferred(this::current);
    }

    private synchronized Uni<T> current() {
        if (value != null && good.test(value)) {
            return Uni.createFrom().item(value);
        }
        if (running == null) {
            CompletableFuture<T> attempt = new CompletableFuture<>();
            running = attempt;
            source.get().subscribe().with(found -> ended(attempt, found), failure -> failed(attempt, failure));
        }
        // It may have ended at once.
        return running == null && value != null ? Uni.createFrom().item(value) : onCallersContext(running);
    }

    /** Only if it is still what is kept: who finds it bad late must not throw away what replaced it. */
    synchronized void drop(T bad) {
        if (value == bad) {
            value = null;
        }
    }

    private void ended(CompletableFuture<T> attempt, T found) {
        synchronized (this) {
            value = found;
            running = null;
        }
        attempt.complete(found);
    }

    private void failed(CompletableFuture<T> attempt, Throwable failure) {
        synchronized (this) {
            running = null;
        }
        attempt.completeExceptionally(failure);
    }

    /** Hibernate Reactive fails on any other thread. */
    private static <T> Uni<T> onCallersContext(CompletionStage<T> shared) {
        Context context = Vertx.currentContext();
        // A copy: whoever gives up waiting would cancel it for all others.
        Uni<T> answer = Uni.createFrom().completionStage(shared.thenApply(found -> found));
        return context == null ? answer : answer.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }
}
