package org.scepgate.mdm.jamf;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scepgate.mdm.Account;
import org.scepgate.mdm.AdapterProfiles;
import org.scepgate.mdm.NameTemplate;
import org.scepgate.mdm.jamf.JamfConfig.WebhookConfig;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Profile;

/** The webhooks that are served, by the name of their profile. */
@Startup
@Singleton
class Webhooks {
    private static final String PREFIX = "scepgate.mdm.jamf.";
    // Fleet holds on to a challenge for four minutes, and a device may take a while after that.
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private final Map<String, Webhook> byProfile = new LinkedHashMap<>();

    Webhooks(JamfConfig config, AdapterProfiles profiles) {
        config.profiles().forEach((name, settings) -> byProfile.put(name, webhook(name, settings, profiles)));
    }

    /** One of them. */
    record Webhook(
            String profile,
            Account account,
            NameTemplate names,
            Optional<Duration> timeToLive,
            Optional<String> deviceId) {}

    private static Webhook webhook(String name, WebhookConfig settings, AdapterProfiles profiles) {
        String prefix = PREFIX + name + ".";
        Profile profile = profiles.require(PREFIX + name, name);
        AdapterProfiles.requireTimeToLive(prefix + "ttl", settings.ttl(), profile);
        Duration timeToLive = settings.ttl().orElse(profile.challenge().ttlDefault());
        if (timeToLive.compareTo(SHORTEST) < 0) {
            throw new ConfigurationException(prefix + "ttl", "must be at least PT5M, and is " + timeToLive);
        }
        return new Webhook(
                name,
                Account.of("jamf/" + name, prefix, settings),
                NameTemplate.of(prefix + "names.", settings.names(), profile),
                settings.ttl(),
                settings.deviceId());
    }

    /** Fails with {@link ApiException} 404 where the profile has none. */
    Webhook require(String profile) {
        return Optional.ofNullable(byProfile.get(profile))
                .orElseThrow(() -> ApiException.notFound("not-found", "no webhook is served here"));
    }
}
