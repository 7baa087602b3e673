package org.scepgate.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of all requests. */
@ConfigMapping(prefix = "scepgate.request")
public interface RequestConfig {

    /** When a request that has no answer yet gets 503. */
    @WithDefault("PT8S")
    Duration timeout();

    /** From its first byte a request is here as a whole within this time, or it gets 408. */
    @WithDefault("PT20S")
    Duration arrival();

    /** A CertRep FAILURE leaves at the end of a whole number of these after its request came; shorter than the timeout. */
    @WithDefault("PT0.05S")
    Duration failureStep();
}
