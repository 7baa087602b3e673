package org.scepgate.approval;

import java.util.function.Function;

/** What a device is told that asks for its waiting request. */
public sealed interface HeldAnswer {

    <T> T fold(Function<Wait, T> wait, Function<Collect, T> collect, Function<Refused, T> refused);

    /** PENDING. */
    record Wait() implements HeldAnswer {
        @Override
        public <T> T fold(Function<Wait, T> wait, Function<Collect, T> collect, Function<Refused, T> refused) {
            return wait.apply(this);
        }
    }

    /** SUCCESS, with the same certificate every time. */
    record Collect(HeldCertificate certificate) implements HeldAnswer {
        @Override
        public <T> T fold(Function<Wait, T> wait, Function<Collect, T> collect, Function<Refused, T> refused) {
            return collect.apply(this);
        }
    }

    /**
     * FAILURE.
     *
     * @param reason a stable token for the operator
     */
    record Refused(String reason) implements HeldAnswer {
        @Override
        public <T> T fold(Function<Wait, T> wait, Function<Collect, T> collect, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
