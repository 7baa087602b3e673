package org.scepgate.events;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.scepgate.testing.MovedClock;

/**
 * A server that neither makes events nor delivers any while a test runs, which does so itself; its clock can be put forward.
 */
public class QuietEvents implements QuarkusTestProfile {
    static final String SECRET = "the secret of a receiver, long enough";

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(MovedClock.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put("scepgate.challenge.pepper", "a pepper that only the tests know");
        settings.put("scepgate.base-url", "https://scep.example");
        settings.put("scepgate.events.interval", "PT1H");
        settings.put("scepgate.events.expiry-interval", "PT0.001S");
        settings.put("scepgate.events.profiles.early.expiring-before", "P30D");
        settings.put("scepgate.outbound.allowed-networks", "127.0.0.0/8");
        settings.put("scepgate.outbound.allow-http", "true");
        settings.put("scepgate.webhooks.all.url", "https://all.example/hook?key=hidden");
        settings.put("scepgate.webhooks.all.secret", SECRET);
        settings.put("scepgate.webhooks.mdm.url", "https://mdm.example/hook");
        settings.put("scepgate.webhooks.mdm.secret", SECRET);
        settings.put("scepgate.webhooks.mdm.clients", "mdm-1");
        settings.put("scepgate.webhooks.mdm.events", "certificate.*,challenge.reused");
        return settings;
    }
}
