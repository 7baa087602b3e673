package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTimeoutTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void leavesNothingBehindOfARequestThatWasAnsweredInTime() throws Exception {
        ScheduledThreadPoolExecutor scheduler = (ScheduledThreadPoolExecutor) Infrastructure.getDefaultWorkerPool();
        int before = scheduler.getQueue().size();

        Object answer = answerOf(Duration.ofHours(1), Uni.createFrom().item("answer"));

        assertThat(answer).isEqualTo("answer");
        assertThat(scheduler.getQueue()).hasSize(before);
    }

    @Test
    void turnsAwayARequestWithoutAnAnswer() {
        assertThatThrownBy(() -> answerOf(Duration.ofMillis(1), Uni.createFrom().nothing()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("there was no answer in time");
    }

    @Test
    void passesOnWhatARequestFailsWith() {
        Uni<Object> failing = Uni.createFrom().failure(new IllegalStateException("no key"));

        assertThatThrownBy(() -> answerOf(Duration.ofHours(1), failing)).hasMessage("no key");
    }

    private Object answerOf(Duration timeout, Uni<?> answer) throws Exception {
        RequestTimeout limit =
                new RequestTimeout(vertx, new Limits(timeout, timeout, timeout), new FaultLog(Clock.systemUTC()));
        return ((Uni<?>) limit.limit(new Call(answer))).await().indefinitely();
    }

    private record Limits(Duration timeout, Duration arrival, Duration failureStep) implements RequestConfig {}

    /** A call of a resource's method. */
    private record Call(Uni<?> answer) implements InvocationContext {
        @Override
        public Object proceed() {
            return answer;
        }

        @Override
        public Object getTarget() {
            return this;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Method getMethod() {
            return null;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return new Object[0];
        }

        @Override
        public void setParameters(Object[] parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> getContextData() {
            return Map.of();
        }
    }
}
