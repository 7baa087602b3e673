package org.scepgate.mdm.jamf;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.scepgate.mdm.AccountConfig;
import org.scepgate.mdm.NameConfig;

/** The profiles that a webhook makes challenges for. */
@ConfigMapping(prefix = "scepgate.mdm.jamf")
public interface JamfConfig {
    @WithParentName
    Map<String, WebhookConfig> profiles();

    /** One profile. */
    interface WebhookConfig extends AccountConfig {
        NameConfig names();

        /** How long a challenge lives; by default as the profile has it. Fleet keeps one for four minutes. */
        Optional<Duration> ttl();

        /** The name of the device to search challenges by, such as {@code {event.device.serialNumber}}. */
        Optional<String> deviceId();
    }
}
