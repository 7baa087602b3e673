package org.scepgate.mdm.intune;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.scepgate.platform.MetricNames;

/** Counts and times calls; every tag is of a closed set. */
final class IntuneMetrics {
    static final String OK = "ok";
    /** Intune's own no. */
    static final String REFUSED = "refused";

    private final MeterRegistry registry;

    IntuneMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void call(Endpoint endpoint, String outcome, long startedAtNanos) {
        registry.timer(MetricNames.INTUNE_CALLS, "endpoint", endpoint.tag(), "outcome", outcome)
                .record(Duration.ofNanos(System.nanoTime() - startedAtNanos));
    }

    void revocation(String outcome) {
        registry.counter(MetricNames.INTUNE_REVOCATIONS, "outcome", outcome).increment();
    }

    /** Certificates that never left, because Intune was not told of them. */
    void withdrawn(int count) {
        registry.counter(MetricNames.INTUNE_WITHDRAWN).increment(count);
    }

    void watch(Gate gate) {
        registry.gauge(MetricNames.INTUNE_BREAKER, gate, watched -> watched.isBroken() ? 1 : 0);
    }
}
