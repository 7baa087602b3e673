package org.scepgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scepgate.audit.AuditLog;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.RequestSigner;
import org.scepgate.outbound.SigningConfig;
import org.scepgate.platform.Caller;
import org.scepgate.platform.Roles;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;
import org.scepgate.testing.TestReceiver;
import org.scepgate.testing.TestReceiver.Received;

/** Deliveries while time goes by, which the test moves. */
@QuarkusTest
@TestProfile(QuietEvents.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class DeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Caller OPERATOR = new Caller("operator", Set.of(Roles.OPERATOR), "192.0.2.1");

    @Inject
    EventsConfig config;

    @Inject
    Webhooks webhooks;

    @Inject
    DeliveryStore store;

    @Inject
    WebhookStore shown;

    @Inject
    Pool database;

    @Inject
    AuditLog audit;

    @Inject
    OutboundClient client;

    private final HandClock clock = new HandClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final TestReceiver receiver = new TestReceiver();
    private final TestReceiver other = new TestReceiver();

    @AfterEach
    void stops() {
        receiver.close();
        other.close();
    }

    private record Secret(Optional<String> secret) implements SigningConfig {
        @Override
        public Optional<Path> secretFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> previousSecret() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> previousSecretFile() {
            return Optional.empty();
        }
    }

    private static Webhook webhook(URI url) {
        return new Webhook(
                "t-" + UUID.randomUUID(),
                url,
                RequestSigner.of("test.", new Secret(Optional.of(QuietEvents.SECRET))),
                Optional.empty(),
                Set.of("certificate.issued"),
                new Webhook.Delivery(
                        Duration.ofSeconds(5),
                        8,
                        BackOff.of(Duration.ofSeconds(10), Duration.ofMinutes(30)),
                        Duration.ofDays(3)));
    }

    private Deliverer server() {
        return new Deliverer(config, webhooks, store, client, clock, new SimpleMeterRegistry());
    }

    private List<String> queue(Webhook webhook, int count) throws SQLException {
        return EventRows.queue(webhook.name(), clock.instant(), "PENDING", count).stream()
                .map(UUID::toString)
                .toList();
    }

    private void deliver(Webhook webhook) {
        server().deliverAllDue(webhook).await().atMost(SOON);
    }

    private static List<String> ids(TestReceiver receiver) {
        return receiver.received().stream().map(Received::id).toList();
    }

    @Test
    void neitherHammersAReceiverThatFailsForAnHourNorLosesWhatItMissed() throws SQLException {
        Webhook failing = webhook(receiver.url());
        Webhook healthy = webhook(other.url());
        List<String> missed = queue(failing, 60);
        List<String> fine = queue(healthy, 60);
        Instant back = clock.instant().plus(HOUR);
        List<String> taken = new ArrayList<>();
        receiver.answer(request -> {
            boolean isBack = !clock.instant().isBefore(back);
            if (isBack) {
                synchronized (taken) {
                    taken.add(request.id());
                }
            }
            return isBack ? 200 : 503;
        });

        deliver(failing);
        deliver(healthy);
        int atFirst = receiver.received().size();
        int most = 0;
        while (clock.instant().isBefore(back)) {
            clock.advance(Duration.ofSeconds(5));
            int before = receiver.received().size();
            deliver(failing);
            most = clock.instant().isBefore(back)
                    ? Math.max(most, receiver.received().size() - before)
                    : most;
        }
        int inTheHour = receiver.received().size() - taken.size();

        assertThat(ids(other)).containsExactlyInAnyOrderElementsOf(fine);
        assertThat(atFirst).isEqualTo(8);
        assertThat(most).isEqualTo(1);
        // 10 s, 20 s, ... 30 min, each less by up to half.
        assertThat(inTheHour).isBetween(8 + 6, 8 + 16);
        for (int i = 0; i < 400 && taken.size() < missed.size(); i++) {
            clock.advance(Duration.ofSeconds(5));
            deliver(failing);
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(missed);
        assertThat(EventRows.count(failing.name(), "DELIVERED")).isEqualTo(60);
        assertThat(EventRows.count(failing.name(), "DEAD")).isZero();
    }

    @Test
    void givesUpAfterThreeDaysUntilAnOperatorSendsAgain() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 20);
        receiver.answer(request -> 500);

        for (int i = 0; i < 71; i++) {
            deliver(webhook);
            clock.advance(HOUR);
        }
        assertThat(EventRows.count(webhook.name(), "DEAD")).isZero();
        for (int i = 0; i < 3; i++) {
            clock.advance(HOUR);
            deliver(webhook);
        }

        assertThat(EventRows.count(webhook.name(), "DEAD")).isEqualTo(20);
        receiver.answer(request -> 200);
        WebhookStore replays = shown;
        assertThat(replays.replay(webhook, UUID.fromString(ids.get(0)), OPERATOR)
                        .await()
                        .atMost(SOON))
                .isEqualTo(1);
        assertThat(replays.replayDead(webhook, OPERATOR).await().atMost(SOON)).isEqualTo(19);
        // Replays are due by the clock of the server.
        clock.advance(Duration.between(clock.instant(), Instant.now().plus(HOUR)));
        deliver(webhook);
        clock.advance(HOUR);
        deliver(webhook);
        assertThat(EventRows.count(webhook.name(), "DELIVERED")).isEqualTo(20);
    }

    @Test
    void triesAtOnceWhatIsSentAgainToAReceiverThatFailed() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 8);
        receiver.answer(request -> 500);
        deliver(webhook);
        receiver.answer(request -> 200);
        int before = receiver.received().size();
        WebhookStore replays = new WebhookStore(database, audit, clock);

        deliver(webhook);
        assertThat(receiver.received()).as("it is failing").hasSize(before);
        assertThat(replays.replay(webhook, UUID.fromString(ids.get(3)), OPERATOR)
                        .await()
                        .atMost(SOON))
                .isEqualTo(1);
        deliver(webhook);

        assertThat(receiver.received()).hasSizeGreaterThan(before);
        assertThat(ids(receiver).get(before)).isEqualTo(ids.get(3));
    }

    @Test
    void takesGoneForAnAnswer() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 3);
        receiver.answer(request -> request.id().equals(ids.get(1)) ? 410 : 200);

        deliver(webhook);

        assertThat(EventRows.count(webhook.name(), "DEAD")).isEqualTo(1);
        assertThat(EventRows.count(webhook.name(), "DELIVERED")).isEqualTo(2);
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void letsNoSingleEventHoldUpTheOthers() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        String poison = queue(webhook, 1).get(0);
        receiver.answer(request -> request.id().equals(poison) ? 500 : 200);

        for (int i = 0; i < 60; i++) {
            queue(webhook, 1);
            deliver(webhook);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(EventRows.count(webhook.name(), "DELIVERED")).isEqualTo(60);
        assertThat(ids(receiver).stream().filter(poison::equals).count()).isBetween(6L, 12L);
    }

    @Test
    void deliversOnceFromManyServers() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 200);
        receiver.answer(request -> 200);

        List<Uni<Void>> servers = List.of(
                server().deliverAllDue(webhook), server().deliverAllDue(webhook), server().deliverAllDue(webhook));
        Uni.join().all(servers).andFailFast().await().atMost(SOON);
        deliver(webhook);

        assertThat(ids(receiver)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(EventRows.count(webhook.name(), "DELIVERED")).isEqualTo(200);
    }

    @Test
    void deliversWhatAServerDiedWith() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 3);

        assertThat(store.claim(webhook, clock.instant()).await().atMost(SOON)).hasSize(3);
        deliver(webhook);
        assertThat(receiver.received()).isEmpty();
        clock.advance(HOUR);
        deliver(webhook);
        assertThat(receiver.received()).as("a server whose clock is fast").isEmpty();
        EventRows.update(
                "update event_delivery set claimed_until = claimed_until - make_interval(secs => ?) where webhook = ?",
                (double) webhook.delivery().claim().toSeconds(),
                webhook.name());
        deliver(webhook);

        assertThat(ids(receiver)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void beginsWithTheOldest() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        List<String> ids = queue(webhook, 8);

        assertThat(store.claim(webhook, clock.instant()).await().atMost(SOON))
                .extracting(claim -> claim.id().toString())
                .isEqualTo(ids);
    }

    @Test
    void callsNoAddressThatIsNotAllowed() throws SQLException {
        for (String url : List.of("https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/")) {
            Webhook webhook = webhook(URI.create(url));
            queue(webhook, 1);

            deliver(webhook);

            assertThat(EventRows.texts(
                            "select last_error from event_delivery where webhook = '" + webhook.name() + "'"))
                    .singleElement()
                    .asString()
                    .startsWith("ADDRESS_REFUSED");
        }
    }

    @Test
    void signsWhatItSends() throws SQLException {
        Webhook webhook = webhook(receiver.url());
        queue(webhook, 1);

        deliver(webhook);

        Received request = receiver.received().get(0);
        assertThat(request.type()).isEqualTo("certificate.issued");
        assertThat(request.body()).contains(request.id());
        assertThat(request.timestamp()).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        assertThat(webhook.signer().headersFor(request.body().getBytes(), clock.instant()))
                .containsEntry(RequestSigner.SIGNATURE, request.signature());
    }

    @Test
    void writesEachEventForTheWebhooksThatTakeIt() {
        Set<String> types = Set.of("challenge.reused", "certificate.issued", "challenge.redeemed");
        assertThat(types.stream()
                        .filter(type -> webhooks.namesFor(event(type, "mdm-1")).contains("mdm"))
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("challenge.reused", "certificate.issued"));
        assertThat(new HashSet<>(webhooks.namesFor(event("certificate.issued", "mdm-2"))))
                .isEqualTo(Set.of("all"));
        assertThat(webhooks.namesFor(event("request.pending", null))).containsExactly("all");
    }

    private Event event(String type, String client) {
        return new Event(
                UUID.randomUUID(),
                type,
                clock.instant(),
                client,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
