package org.scepgate.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.OptionalInt;

/** A pool for tests of other rooms. */
public final class TestCryptoPool {
    private TestCryptoPool() {}

    public static CryptoPool on(Vertx vertx) {
        return new CryptoPool(vertx, new Sizes(), new SimpleMeterRegistry());
    }

    private record Sizes() implements CryptoConfig {
        @Override
        public OptionalInt threads() {
            return OptionalInt.of(1);
        }

        @Override
        public int queue() {
            return 16;
        }

        @Override
        public Provider provider() {
            return Provider.JDK;
        }
    }
}
