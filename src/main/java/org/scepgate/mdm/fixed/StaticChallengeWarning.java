package org.scepgate.mdm.fixed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.scepgate.mdm.AdapterProfiles;
import org.scepgate.platform.MetricNames;
import org.scepgate.policy.Profile;

/** Reads the static challenges at the start, and says of each that it is weak: in the log, in health, as a metric. */
@Startup
@Readiness
@Singleton
class StaticChallengeWarning implements HealthCheck {
    private static final Logger LOG = Logger.getLogger("org.scepgate.mdm.static");
    private static final String PREFIX = "scepgate.mdm.static.";

    private final Map<String, SharedChallenge> challenges = new LinkedHashMap<>();
    private final Clock clock;

    StaticChallengeWarning(
            StaticConfig config,
            AdapterProfiles profiles,
            ConfiguredStaticChallenges served,
            MeterRegistry metrics,
            Clock clock) {
        this.clock = clock;
        config.profiles().forEach((name, settings) -> {
            Profile profile = profiles.requireStatic(PREFIX + name, name);
            SharedChallenge challenge = SharedChallenge.of(PREFIX + name + ".", settings, profile);
            challenges.put(name, challenge);
            served.serve(name, challenge);
            warn(name, challenge, metrics);
        });
    }

    private void warn(String name, SharedChallenge challenge, MeterRegistry metrics) {
        LOG.warnf("profile %s: %s", name, said(challenge));
        Gauge.builder(
                        MetricNames.STATIC_CHALLENGE_NOT_AFTER,
                        challenge,
                        it -> it.expires().getEpochSecond())
                .description("Static challenges, which are weak: who knows one enrols any device. When each ends")
                .baseUnit("seconds")
                .tag("profile", name)
                .register(metrics);
    }

    private String said(SharedChallenge challenge) {
        String end = (challenge.isInDate(clock.instant()) ? "ends at " : "ended at ") + challenge.expires();
        return "a static challenge is weak, who knows it enrols any device; it " + end;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("static-challenges").up();
        challenges.forEach((name, challenge) -> answer.withData(name, said(challenge)));
        return answer.build();
    }
}
