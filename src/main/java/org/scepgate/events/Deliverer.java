package org.scepgate.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.scepgate.outbound.OutboundAnswer;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.OutboundException;
import org.scepgate.outbound.OutboundRequest;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.Schedule;

/** Sends events to webhooks. Every webhook is served apart, so that none waits for another. */
@Singleton
class Deliverer {
    private static final Logger LOG = Logger.getLogger("org.scepgate.webhook");
    private static final String TYPE = "Scepgate-Event";
    private static final String ID = "Scepgate-Event-Id";
    private static final String JSON = "application/json";
    private static final int LONGEST_PAUSE_DIGITS = 6;

    private final EventsConfig config;
    private final Webhooks webhooks;
    private final DeliveryStore store;
    private final OutboundClient client;
    private final Clock clock;
    private final MeterRegistry metrics;

    Deliverer(
            EventsConfig config,
            Webhooks webhooks,
            DeliveryStore store,
            OutboundClient client,
            Clock clock,
            MeterRegistry metrics) {
        this.config = config;
        this.webhooks = webhooks;
        this.store = store;
        this.client = client;
        this.clock = clock;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        webhooks.all()
                .forEach(webhook -> schedule.every(
                        "delivering to webhook " + webhook.name(),
                        config.interval(),
                        config.interval(),
                        () -> store.know(webhook.name()).chain(() -> deliverAllDue(webhook))));
    }

    Uni<Void> deliverAllDue(Webhook webhook) {
        return Multi.createBy()
                .repeating()
                .uni(() -> store.claim(webhook, clock.instant()).call(claims -> deliver(webhook, claims)))
                .whilst(claims -> claims.size() == webhook.delivery().parallel())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Begun in their order; they do not wait for each other. */
    private Uni<Void> deliver(Webhook webhook, List<Claim> claims) {
        return Multi.createFrom()
                .iterable(claims)
                .onItem()
                .transformToUni(claim -> deliver(webhook, claim))
                .collectFailures()
                .merge(Math.max(1, claims.size()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> deliver(Webhook webhook, Claim claim) {
        return client.send(request(webhook, claim))
                .onItemOrFailure()
                .transformToUni((answer, failure) -> failure == null && answer.isSuccess()
                        ? delivered(webhook, claim, answer.status())
                        : failed(webhook, claim, failure == null ? refusal(answer) : noAnswer(failure)));
    }

    private OutboundRequest request(Webhook webhook, Claim claim) {
        Buffer body = Buffer.buffer(claim.body());
        return OutboundRequest.post(
                        webhook.url(), JSON, body, webhook.delivery().timeout())
                .with(webhook.signer().headersFor(body.getBytes(), clock.instant()))
                .with(Map.of(TYPE, claim.type(), ID, claim.id().toString(), "User-Agent", "Scepgate"));
    }

    private static Failure refusal(OutboundAnswer answer) {
        Duration pause = answer.header("Retry-After")
                .filter(text -> text.matches("\\d{1," + LONGEST_PAUSE_DIGITS + "}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        return Failure.answered(answer.status(), pause);
    }

    private static Failure noAnswer(Throwable failure) {
        return Failure.noAnswer(
                failure instanceof OutboundException known
                        ? known.kind() + ": " + known.getMessage()
                        : "the attempt failed: " + failure.getClass().getSimpleName());
    }

    private Uni<Void> delivered(Webhook webhook, Claim claim, int status) {
        count(webhook, "delivered");
        return store.recordDelivered(webhook, claim, status, clock.instant());
    }

    private Uni<Void> failed(Webhook webhook, Claim claim, Failure failure) {
        Instant now = clock.instant();
        return store.recordFailed(webhook, claim, failure, now)
                .invoke(dead -> report(webhook, claim, failure, dead))
                .replaceWithVoid();
    }

    private void report(Webhook webhook, Claim claim, Failure failure, boolean dead) {
        count(webhook, dead ? "dead" : "failed");
        if (dead) {
            LOG.warnf(
                    "webhook.dead webhook=%s event=%s attempts=%d: %s",
                    webhook.name(), claim.id(), claim.attempt(), failure.text());
        } else if (claim.attempt() == 1) {
            LOG.infof("webhook.failed webhook=%s event=%s: %s", webhook.name(), claim.id(), failure.text());
        }
    }

    private void count(Webhook webhook, String outcome) {
        metrics.counter(MetricNames.WEBHOOK_DELIVERIES, "webhook", webhook.name(), "outcome", outcome)
                .increment();
    }
}
