package org.scepgate.audit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.scepgate.challenge.ChallengeApi;

/** A server that seals and looks for unusual patterns at once, behind a proxy at the address of the tests. */
public class AuditApi extends ChallengeApi {
    static final Path ANCHORS =
            Path.of("target", "audit-anchors-" + ProcessHandle.current().pid() + ".jsonl");

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("scepgate.audit.seal-interval", "PT0.2S");
        settings.put("scepgate.audit.anchor-file", ANCHORS.toString());
        settings.put("scepgate.alerts.interval", "PT1S");
        settings.put("scepgate.alerts.enrolments-per-address", "3");
        settings.put("scepgate.alerts.failures-per-address", "4");
        settings.put("scepgate.alerts.failures-per-client", "3");
        // A nanosecond a day: every enrolment is outside, but for a counted minute at midnight.
        settings.put("scepgate.alerts.hours.from", "00:00:00");
        settings.put("scepgate.alerts.hours.to", "00:00:00.000000001");
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1,[::1]");
        return settings;
    }
}
