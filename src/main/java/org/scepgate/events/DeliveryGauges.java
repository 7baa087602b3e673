package org.scepgate.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.Schedule;

/** Shows how webhooks are doing; counted on schedule and not when somebody scrapes. */
@Singleton
class DeliveryGauges {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Webhooks webhooks;
    private final WebhookStore store;
    private final Clock clock;
    private final MultiGauge backlog;
    private final MultiGauge oldest;
    private final MultiGauge dead;

    DeliveryGauges(Webhooks webhooks, WebhookStore store, Clock clock, MeterRegistry metrics) {
        this.webhooks = webhooks;
        this.store = store;
        this.clock = clock;
        this.backlog = MultiGauge.builder(MetricNames.WEBHOOK_BACKLOG).register(metrics);
        this.oldest = MultiGauge.builder(MetricNames.WEBHOOK_OLDEST).register(metrics);
        this.dead = MultiGauge.builder(MetricNames.WEBHOOK_DEAD).register(metrics);
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        if (!webhooks.all().isEmpty()) {
            schedule.every("counting deliveries", Duration.ofSeconds(1), INTERVAL, this::count);
        }
    }

    private Uni<Void> count() {
        return store.status(webhooks.all().stream().map(Webhook::name).toList())
                .invoke(found -> show(found.values()))
                .replaceWithVoid();
    }

    private void show(Collection<WebhookStatus> found) {
        Instant now = clock.instant();
        backlog.register(rows(found, WebhookStatus::pending), true);
        oldest.register(
                rows(
                        found,
                        status -> status.oldest() == null
                                ? 0
                                : Duration.between(status.oldest(), now).toSeconds()),
                true);
        dead.register(rows(found, WebhookStatus::dead), true);
    }

    private static List<MultiGauge.Row<?>> rows(
            Collection<WebhookStatus> found, Function<WebhookStatus, Number> value) {
        return found.stream()
                .<MultiGauge.Row<?>>map(
                        status -> MultiGauge.Row.of(Tags.of("webhook", status.name()), value.apply(status)))
                .toList();
    }
}
