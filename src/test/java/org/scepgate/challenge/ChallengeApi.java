package org.scepgate.challenge;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/**
 * The server with profiles of the test's own in place of configured ones, which tells events at once. Each profile more
 * costs a build and a start of the server: take this one where it will do.
 */
public class ChallengeApi implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(TestCatalog.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "scepgate.challenge.pepper", "a pepper that only the tests know",
                "scepgate.idempotency.key", "0123456789abcdef".repeat(4),
                "scepgate.base-url", "https://scep.example",
                "scepgate.events.interval", "PT0.1S",
                "scepgate.events.keep-alive", "PT0.5S",
                "scepgate.events.max-streams", "5",
                "scepgate.events.max-streams-per-caller", "3");
    }
}
