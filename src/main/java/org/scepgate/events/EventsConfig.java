package org.scepgate.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How events are made; the same on every server. */
@ConfigMapping(prefix = EventsConfig.PREFIX)
public interface EventsConfig {
    String PREFIX = "scepgate.events";

    /** Without them there is neither a stream nor a webhook. */
    @WithDefault("true")
    boolean enabled();

    /** How often the audit log is read, and deliveries looked for. */
    @WithDefault("PT1S")
    Duration interval();

    /** How often ends of challenges and certificates are looked for. */
    @WithDefault("PT30S")
    Duration expiryInterval();

    /** How long after its end a challenge is told as expired: clocks of servers differ, and transactions take time. */
    @WithDefault("PT30S")
    Duration grace();

    /** How long before its end a certificate is told as expiring. */
    @WithDefault("P14D")
    Duration expiringBefore();

    /** What differs for certificates of a profile. */
    Map<String, ProfileConfig> profiles();

    /** Streams that a server has open at once. */
    @WithDefault("100")
    int maxStreams();

    /** How many of them one caller may have. */
    @WithDefault("10")
    int maxStreamsPerCaller();

    /** How long a stream is silent before it gets a comment, so that nobody on the way takes it for dead. */
    @WithDefault("PT15S")
    Duration keepAlive();

    /** One profile. */
    interface ProfileConfig {
        Optional<Duration> expiringBefore();
    }
}
