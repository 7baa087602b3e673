package org.scepgate.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How much cryptography may run and wait at once. */
@ConfigMapping(prefix = "scepgate.crypto")
public interface CryptoConfig {

    /** Threads of the pool; as many as the machine has cores when not set. */
    OptionalInt threads();

    /** Steps that may wait for a thread; one more is turned away with 503. */
    @WithDefault("256")
    int queue();

    /** What software keys work in; {@code auto} is the fast one where it loads. */
    @WithDefault("auto")
    Provider provider();

    /** A choice of JCA provider. */
    enum Provider {
        AUTO,
        JDK,
        /** Amazon Corretto Crypto Provider. */
        ACCP
    }
}
