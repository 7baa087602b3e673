package org.scepgate.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalInt;

/** A pool for tests of other rooms. */
public final class TestCryptoPool {
    private TestCryptoPool() {}

    public static CryptoPool make() {
        return new CryptoPool(new Sizes(), new SimpleMeterRegistry());
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
