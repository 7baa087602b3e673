package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private final RequestConfig config;
    private final FaultLog faults;

    RequestTimeout(RequestConfig config, FaultLog faults) {
        this.config = config;
        this.faults = faults;
    }

    @AroundInvoke
    Object limit(InvocationContext call) throws Exception {
        Object result = call.proceed();
        return result instanceof Uni<?> answer ? inTime(answer) : result;
    }

    private <T> Uni<T> inTime(Uni<T> answer) {
        AtomicBoolean late = new AtomicBoolean();
        Uni<T> begun = Uni.createFrom()
                .emitter(caller -> answer.subscribe().with(caller::complete, failure -> {
                    if (late.get()) {
                        faults.late(failure);
                    }
                    caller.fail(failure);
                }));
        return begun.ifNoItem().after(config.timeout()).failWith(() -> {
            late.set(true);
            return new UnavailableException("there was no answer in time", FaultLog.RETRY_AFTER_SECONDS);
        });
    }
}
