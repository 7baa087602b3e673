package org.scepgate.enrollment;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.scepgate.platform.MetricNames;

/** Counts answers by profile, messageType and outcome; every tag comes from a closed set, never from a request. */
@Singleton
class EnrollmentMetrics {
    private final MeterRegistry registry;

    EnrollmentMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Exchange exchange, Outcome outcome) {
        registry.counter(
                        MetricNames.SCEP_ANSWERS,
                        "profile",
                        exchange.endpoint().profile().name(),
                        "type",
                        exchange.received().messageType(),
                        "outcome",
                        outcome.tag())
                .increment();
    }

    /** Messages that not even a FAILURE could be addressed to. */
    void countMalformed() {
        registry.counter(MetricNames.SCEP_MALFORMED).increment();
    }
}
