package org.scepgate.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalInt;

/** A pool for the tests of other rooms, one for all. */
public final class TestCryptoPool {
    private static final CryptoPool SHARED = new CryptoPool(new Sizes(), new SimpleMeterRegistry());

    private TestCryptoPool() {}

    public static CryptoPool shared() {
        return SHARED;
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
