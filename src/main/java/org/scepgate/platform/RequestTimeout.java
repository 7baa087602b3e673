package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Turns a request away that has had no answer for too long.
 *
 * <p>PostgreSQL ends a statement that takes too long itself; one that has stopped cannot. What was begun is left to run:
 * a database session that is given up half-way would never go back to its pool. Whether it committed is not known to the
 * caller then, who asks again and gets the same certificate, or the same challenge is shown as it is.
 */
@AnsweredInTime
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class RequestTimeout {
    private final Vertx vertx;
    private final long millis;
    private final FaultLog faults;

    RequestTimeout(Vertx vertx, RequestConfig config, FaultLog faults) {
        this.vertx = vertx;
        this.millis = config.timeout().toMillis();
        this.faults = faults;
    }

    @AroundInvoke
    Object limit(InvocationContext call) throws Exception {
        Object result = call.proceed();
        return result instanceof Uni<?> answer ? inTime(answer) : result;
    }

    // Not Mutiny's own timeout: its scheduler keeps what has long been answered, with all that hangs on it, until the
    // time is over, and wakes a thread for each.
    private <T> Uni<T> inTime(Uni<T> answer) {
        return Uni.createFrom().emitter(caller -> {
            long timer = vertx.setTimer(
                    millis,
                    over -> caller.fail(
                            new UnavailableException("there was no answer in time", FaultLog.RETRY_AFTER_SECONDS)));
            answer.subscribe()
                    .with(
                            item -> {
                                vertx.cancelTimer(timer);
                                caller.complete(item);
                            },
                            failure -> fail(caller, failure, vertx.cancelTimer(timer)));
        });
    }

    private void fail(UniEmitter<?> caller, Throwable failure, boolean inTime) {
        if (!inTime) {
            faults.late(failure);
        }
        caller.fail(failure);
    }
}
