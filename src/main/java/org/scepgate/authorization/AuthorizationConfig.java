package org.scepgate.authorization;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.scepgate.outbound.SigningConfig;

/** The endpoint that a profile asks before it issues, and the secret that questions to it are signed with. */
public interface AuthorizationConfig extends SigningConfig {
    /** Nobody is asked without it. */
    Optional<String> url();

    /** Whoever has not answered by then has denied. */
    @WithDefault("PT3S")
    Duration timeout();

    /** Questions that one server has open at once; what comes on top is denied. */
    @WithDefault("64")
    int concurrency();
}
