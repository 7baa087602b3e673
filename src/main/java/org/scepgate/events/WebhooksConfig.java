package org.scepgate.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.outbound.SigningConfig;

/** Who is told what; the same on every server. */
@ConfigMapping(prefix = "scepgate")
public interface WebhooksConfig {
    Map<String, WebhookConfig> webhooks();

    /** One receiver. */
    interface WebhookConfig extends SigningConfig {
        String url();

        /** Whose events, as {@code createdBy} of a challenge has it; those of all where it is not set. */
        Optional<List<String>> clients();

        /** Which, such as {@code certificate.issued} or {@code challenge.*}; all where it is not set. */
        Optional<List<String>> events();

        /** For one attempt. */
        @WithDefault("PT10S")
        Duration timeout();

        /** How many attempts each server makes at once. */
        @WithDefault("8")
        int parallel();

        /** The wait after the first failure; it doubles with each further one. */
        @WithDefault("PT10S")
        Duration firstRetry();

        @WithDefault("PT30M")
        Duration longestRetry();

        /** How long an event is tried. */
        @WithDefault("P3D")
        Duration giveUpAfter();
    }
}
