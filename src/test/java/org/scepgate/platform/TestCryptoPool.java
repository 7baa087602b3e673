package org.scepgate.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalInt;

/** Pools for the tests of other rooms. */
public final class TestCryptoPool {
    private static final CryptoPool SHARED = of(16);

    private TestCryptoPool() {}

    public static CryptoPool shared() {
        return SHARED;
    }

    /** One of its own, with a single thread. */
    public static CryptoPool of(int queue) {
        return new CryptoPool(new Sizes(queue), new SimpleMeterRegistry());
    }

    public static void close(CryptoPool pool) {
        pool.close();
    }

    private record Sizes(int queue) implements CryptoConfig {
        @Override
        public OptionalInt threads() {
            return OptionalInt.of(1);
        }

        @Override
        public Provider provider() {
            return Provider.JDK;
        }
    }
}
