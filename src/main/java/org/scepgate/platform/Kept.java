package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A value that is fetched once for all who need it, and kept while it is good or until somebody finds that it is not. */
public final class Kept<T> {
    private final Supplier<Uni<T>> source;
    private final Predicate<T> good;
    private T value;
    private CompletableFuture<T> running;

    public Kept(Supplier<Uni<T>> source, Predicate<T> good) {
        this.source = source;
        this.good = good;
    }

    public Uni<T> get() {
        return get(any -> true);
    }

    /** What is kept, if it is good for this caller too; else what is fetched anew, whatever that is. */
    public Uni<T> get(Predicate<T> goodForCaller) {
        return Uni.createFrom().deferred(() -> current(goodForCaller));
    }

    private synchronized Uni<T> current(Predicate<T> goodForCaller) {
        if (value != null && good.test(value) && goodForCaller.test(value)) {
            return Uni.createFrom().item(value);
        }
        return CallersContext.waitFor(running == null ? begin() : running);
    }

    private CompletableFuture<T> begin() {
        CompletableFuture<T> attempt = new CompletableFuture<>();
        running = attempt;
        // It may end at once, and even before there is a Uni.
        Uni.createFrom()
                .deferred(() -> source.get())
                .subscribe()
                .with(found -> ended(attempt, found), failure -> failed(attempt, failure));
        return attempt;
    }

    /** Only if it is still what is kept: who finds it bad late must not throw away what replaced it. */
    public synchronized void drop(T bad) {
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
}
