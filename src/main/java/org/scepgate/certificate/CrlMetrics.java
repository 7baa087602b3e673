package org.scepgate.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.ca.CaId;
import org.scepgate.platform.MetricNames;

/** Counts published CRLs, and shows when that of each CA key ends, so that somebody notices if no new one comes. */
@Singleton
class CrlMetrics {
    private final MeterRegistry metrics;
    private final MultiGauge ends;

    CrlMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.ends = MultiGauge.builder(MetricNames.CRL_NEXT_UPDATE)
                .baseUnit("seconds")
                .register(metrics);
    }

    void countPublished(CaId id) {
        metrics.counter(MetricNames.CRLS, "ca", id.name()).increment();
    }

    void show(List<Authority> authorities, Map<CaId, CrlStore.State> states) {
        List<MultiGauge.Row<?>> rows = authorities.stream()
                .<MultiGauge.Row<?>>flatMap(authority ->
                        Optional.ofNullable(states.get(authority.id())).map(state -> gauge(authority, state)).stream())
                .toList();
        ends.register(rows, true);
    }

    private static MultiGauge.Row<?> gauge(Authority authority, CrlStore.State state) {
        CaId id = authority.id();
        return MultiGauge.Row.of(
                Tags.of("ca", id.name(), "key", id.publicName()),
                state.thisUpdate().plus(authority.crlValidity()).getEpochSecond());
    }
}
