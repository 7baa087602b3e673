package org.scepgate.enrollment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows when the certificates of the CAs and their RAs end; ready as long as one profile can issue. */
@Startup
@Readiness
@Singleton
class CaLifetimes implements HealthCheck {
    private final Profiles profiles;
    private final Clock clock;
    private final List<Lifetime> lifetimes;

    CaLifetimes(Profiles profiles, Clock clock, MeterRegistry metrics) {
        this.profiles = profiles;
        this.clock = clock;
        this.lifetimes = profiles.all().stream()
                .map(ScepEndpoint::ca)
                .distinct()
                .flatMap(ca -> Lifetime.of(ca).stream())
                .toList();
        lifetimes.forEach(lifetime -> lifetime.register(metrics));
    }

    @Override
    public HealthCheckResponse call() {
        Instant now = clock.instant();
        boolean anyIssues = profiles.all().stream()
                .anyMatch(endpoint -> endpoint.responders().get(0).isInDate(now));
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("certificate-authorities").status(anyIssues);
        lifetimes.forEach(lifetime ->
                answer.withData(lifetime.label(), lifetime.notAfter().toString()));
        return answer.build();
    }
}
