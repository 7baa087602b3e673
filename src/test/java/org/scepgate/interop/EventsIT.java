package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.EventReader;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;
import org.scepgate.testing.TestReceiver;
import org.scepgate.testing.TestReceiver.Received;

/** Webhooks and streams of servers that are killed, that share the work, and that see everything that can happen. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String SECRET = "a secret of the receiver 0123456789";
    private static final String SUBJECT = "CN=told.acme.example,O=Acme";
    private static final Set<String> ALL = Set.of(
            "challenge.redeemed",
            "challenge.refused",
            "challenge.locked",
            "challenge.expired",
            "challenge.reused",
            "certificate.issued",
            "certificate.renewed",
            "certificate.expiring",
            "certificate.revoked",
            "request.pending");

    private final Scepgate scepgate;
    private final TestReceiver receiver = new TestReceiver();
    private final TestPostgres.Database database;
    private final ServerProcess server;

    @TempDir
    private Path folder;

    EventsIT(Scepgate scepgate) throws SQLException {
        this.scepgate = scepgate;
        // Of its own: whoever else makes events on a database knows no webhook.
        this.database = new TestPostgres.Database(scepgate.database().server(), "events");
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database events");
        }
        this.server = scepgate.startPeer(this::settings);
    }

    private ServerSettings settings(ServerSettings shared) {
        Map<String, String> own = new HashMap<>(database.settings());
        own.put("scepgate.events.interval", "PT0.2S");
        own.put("scepgate.events.expiry-interval", "PT0.5S");
        own.put("scepgate.events.grace", "PT1S");
        own.put("scepgate.events.profiles.fleet.expiring-before", "P366D");
        own.put("scepgate.outbound.allowed-networks", "127.0.0.0/8");
        own.put("scepgate.outbound.allow-http", "true");
        own.put("scepgate.webhooks.test.url", receiver.url().toString());
        own.put("scepgate.webhooks.test.secret", SECRET);
        own.put("scepgate.webhooks.test.timeout", "PT2S");
        own.put(
                "scepgate.webhooks.inside.url",
                "https://localhost:" + receiver.url().getPort() + "/inside");
        own.put("scepgate.webhooks.inside.secret", SECRET);
        own.put("scepgate.webhooks.metadata.url", "https://169.254.169.254/");
        own.put("scepgate.webhooks.metadata.secret", SECRET);
        return shared.with(own);
    }

    @AfterEach
    void answersAgain() {
        receiver.answer(request -> 204);
    }

    @AfterAll
    void stops() {
        server.close();
        receiver.close();
    }

    private TestMdm mdm() {
        return scepgate.mdm(server);
    }

    private TestDevice device(String profile) {
        return TestDevice.withRsaKey(server.endpoint(profile));
    }

    private List<Received> of(String challengeId) {
        return receiver.received().stream()
                .filter(request -> request.body().contains(challengeId))
                .toList();
    }

    private static List<String> types(List<Received> requests) {
        return requests.stream().map(Received::type).toList();
    }

    private void awaitTypes(String challengeId, String... types) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(types(of(challengeId))).contains(types));
    }

    @Test
    void tellsEverythingThatCanHappenAndNoSecret() throws Exception {
        List<String> secrets = new ArrayList<>(List.of(SECRET, "of-the-receiver"));
        TestDevice device = device(Scepgate.DEMO);
        TestMdm.Challenge redeemed = mdm().challenge(Scepgate.DEMO, SUBJECT);
        secrets.add(redeemed.secret());
        X509CertificateHolder certificate = device.enrol(device.csr(SUBJECT, redeemed.secret()));
        // A retry is nothing new.
        assertThat(device.enrol(device.csr(SUBJECT, redeemed.secret()))).isEqualTo(certificate);
        TestDevice thief = device.another(TestKeys.rsa());
        thief.send(thief.request(thief.csr(SUBJECT, redeemed.secret())));
        TestDevice holder = device.holding(certificate);
        X509CertificateHolder renewed =
                holder.send(holder.renewal(device.csr(SUBJECT))).issued(holder.signer());
        scepgate.operator(server).revoke(renewed, "keyCompromise");
        TestMdm.Challenge locked = mdm().challenge(Scepgate.DEMO, SUBJECT);
        secrets.add(locked.secret());
        for (int i = 0; i < 5; i++) {
            device.send(device.request(device.csr("CN=another", locked.secret())));
        }
        // Neither renewed nor revoked, so that it is told as expiring.
        TestMdm.Challenge inUse = enrolled(Scepgate.FLEET);
        secrets.add(inUse.secret());
        TestMdm.Challenge expired = mdm().challenge(Scepgate.DEMO, SUBJECT);
        expire(expired);
        TestMdm.Challenge held = mdm().challenge(Scepgate.BOTH, SUBJECT);
        secrets.add(held.secret());
        TestDevice both = device(Scepgate.BOTH);
        both.send(both.request(both.csr(SUBJECT, held.secret())));

        awaitTypes(redeemed.id(), "challenge.redeemed", "certificate.issued", "challenge.reused");
        awaitTypes(locked.id(), "challenge.refused", "challenge.locked");
        awaitTypes(expired.id(), "challenge.expired");
        awaitTypes(held.id(), "request.pending");
        awaitTypes(inUse.id(), "certificate.expiring");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(new TreeSet<>(types(receiver.received()))).containsExactlyInAnyOrderElementsOf(ALL));
        assertThat(types(of(redeemed.id())))
                .filteredOn("certificate.issued"::equals)
                .hasSize(1);
        Set<String> clients = new TreeSet<>();
        for (Received request : receiver.received()) {
            clients.add(
                    new ObjectMapper().readTree(request.body()).path("client").asText());
        }
        assertThat(clients).hasSize(1).doesNotContain("");
        assertThat(scepgate.operator(server).json("/api/v1/webhooks").toString())
                .contains("\"test\"")
                .doesNotContain(secrets);
        assertThat(server.log()).doesNotContain(secrets);
        assertThat(rows()).doesNotContain(secrets);
        assertThat(receiver.received().toString()).doesNotContain(secrets);
    }

    private void expire(TestMdm.Challenge challenge) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("update challenge set expires_at = now() where id = ?")) {
            update.setObject(1, UUID.fromString(challenge.id()));
            update.executeUpdate();
        }
    }

    private String rows() throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("event", "event_delivery", "event_webhook", "event_progress", "audit_event")) {
                var found = statement.executeQuery("select t::text from " + table + " t");
                while (found.next()) {
                    rows.append(found.getString(1)).append('\n');
                }
            }
        }
        return rows.toString();
    }

    @Test
    void signsSoThatOpensslAgrees() throws Exception {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        TestMdm.Challenge challenge = enrolled();
        awaitTypes(challenge.id(), "certificate.issued");

        Received request = of(challenge.id()).get(0);
        Path signed = Files.writeString(folder.resolve("signed"), request.timestamp() + "." + request.body());
        String mac = openssl.run(folder, "dgst", "-sha256", "-hmac", SECRET, "-r", signed.toString());

        assertThat(request.signature()).isEqualTo("v1=" + mac.split(" ")[0]);
    }

    private TestMdm.Challenge enrolled() {
        return enrolled(Scepgate.OTHER);
    }

    private TestMdm.Challenge enrolled(String profile) {
        TestMdm.Challenge challenge = mdm().challenge(profile, SUBJECT);
        TestDevice device = device(profile);
        device.enrol(device.csr(SUBJECT, challenge.secret()));
        return challenge;
    }

    @Test
    void tellsWhatCommittedBeforeItWasKilled() throws Exception {
        TestMdm.Challenge challenge;
        try (Connection lock = database.connect();
                Statement statement = lock.createStatement()) {
            // No server makes events while somebody else has the lock.
            statement.execute("select pg_advisory_lock(hashtextextended('scepgate.events', 0))");
            challenge = enrolled();
            server.kill();
        }
        assertThat(of(challenge.id())).isEmpty();
        server.restart();

        awaitTypes(challenge.id(), "challenge.redeemed", "certificate.issued");
        assertThat(types(of(challenge.id()))).containsExactlyInAnyOrder("challenge.redeemed", "certificate.issued");
    }

    @Test
    void deliversAgainWhatItWasKilledBeforeNoting() throws Exception {
        CountDownLatch delivered = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        receiver.answer(request -> {
            delivered.countDown();
            wait(killed);
            return 204;
        });
        TestMdm.Challenge challenge = enrolled();
        assertThat(delivered.await(60, TimeUnit.SECONDS)).isTrue();
        server.kill();
        killed.countDown();
        receiver.answer(request -> 204);
        Set<String> before = of(challenge.id()).stream().map(Received::id).collect(Collectors.toSet());
        assertThat(before).isNotEmpty();
        server.restart();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(state(challenge)).containsOnly("DELIVERED").hasSize(2));
        for (String id : before) {
            assertThat(of(challenge.id()).stream()
                            .filter(request -> request.id().equals(id)))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> state(TestMdm.Challenge challenge) throws SQLException {
        List<String> states = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            var rows = statement.executeQuery("select d.state from event_delivery d join event e"
                    + " on e.number = d.event_number where d.webhook = 'test' and e.body like '%" + challenge.id()
                    + "%'");
            while (rows.next()) {
                states.add(rows.getString(1));
            }
        }
        return states;
    }

    @Test
    void deliversOnceFromTwoServers() {
        try (ServerProcess peer = scepgate.startPeer(this::settings)) {
            List<TestMdm.Challenge> challenges = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                challenges.add(enrolled());
            }
            challenges.forEach(challenge -> awaitTypes(challenge.id(), "challenge.redeemed", "certificate.issued"));

            challenges.forEach(challenge -> assertThat(types(of(challenge.id())))
                    .containsExactlyInAnyOrder("challenge.redeemed", "certificate.issued"));
            assertThat(peer.log()).doesNotContain("telling events failed", "delivering to webhook test failed");
        }
    }

    @Test
    void callsNothingInsideThatIsNotAllowed() {
        TestMdm.Challenge challenge = enrolled();
        awaitTypes(challenge.id(), "certificate.issued");

        // The name has an address that is not allowed, ::1 or, by https, a port that speaks none.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                scepgate.operator(server).json("/api/v1/webhooks/metadata/deliveries?state=pending"))
                        .asString()
                        .contains("ADDRESS_REFUSED", "169.254.169.254"));
        assertThat(receiver.received()).noneMatch(request -> request.id() == null);
    }

    @Test
    void goesOnWithAStreamAfterARestart() {
        URI events = server.url().resolve("/api/v1/events?types=certificate.issued");
        String token = scepgate.identities().token("operator");
        String seen;
        try (EventReader reader = EventReader.open(events, token, Optional.empty())) {
            enrolled();
            await().atMost(SOON).until(() -> !reader.events().isEmpty());
            seen = reader.ids().get(0);
            server.kill();
            await().atMost(SOON).until(reader::hasEnded);
        }
        server.restart();
        TestMdm.Challenge later = enrolled();

        try (EventReader reader = EventReader.open(events, token, Optional.of(seen))) {
            await().atMost(SOON)
                    .until(() -> reader.events().stream()
                            .anyMatch(event -> event.get("data").contains(later.id())));
            assertThat(reader.ids()).doesNotContain(seen).doesNotHaveDuplicates();
        }
    }
}
