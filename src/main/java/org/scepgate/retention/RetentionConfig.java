package org.scepgate.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long rows are kept. */
@ConfigMapping(prefix = "scepgate.retention")
public interface RetentionConfig {

    /** Challenges, and requests that waited for a person, after they ended. */
    @WithDefault("P90D")
    Duration challenges();

    /** Events of the audit trail. */
    @WithDefault("P365D")
    Duration audit();

    /** Events for webhooks and streams, delivered or not. */
    @WithDefault("P30D")
    Duration events();

    /** How often old rows are looked for. */
    @WithDefault("PT1H")
    Duration interval();
}
