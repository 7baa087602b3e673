package org.scepgate.events;

import java.util.HashMap;
import java.util.Map;
import org.scepgate.challenge.ChallengeApi;

/** A server that makes events at once and has room for few streams, and for fewer of one caller. */
public class StreamedEvents extends ChallengeApi {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("scepgate.events.interval", "PT0.1S");
        settings.put("scepgate.events.keep-alive", "PT0.5S");
        settings.put("scepgate.events.max-streams", "5");
        settings.put("scepgate.events.max-streams-per-caller", "3");
        return settings;
    }
}
