package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.RoundRobin;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerLoad;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Challenges are guessed from several addresses at two servers, and devices enrol from the same addresses meanwhile. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuessingIT {
    private static final int GUESSES = Soak.choose(500, 102_100);
    private static final int PER_MINUTE = 20;
    private static final int EACH_TO_ENROL = 50;
    private static final int AT_ONCE = 8;
    private static final int ADDRESSES = 8;

    private final Scepgate scepgate;
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    private RoundRobin front;
    private List<ServerProcess> servers;

    GuessingIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeAll
    void starts() {
        front = RoundRobin.start();
        servers = scepgate.startPeersBehind(
                front,
                settings -> settings.with(Map.of(
                        "quarkus.http.proxy.proxy-address-forwarding",
                        "true",
                        "quarkus.http.proxy.trusted-proxies",
                        "127.0.0.1,[::1]",
                        ServerSettings.REFUSALS,
                        "" + PER_MINUTE)),
                2);
    }

    @AfterAll
    void stops() {
        senders.shutdownNow();
        servers.forEach(ServerProcess::close);
        front.close();
    }

    @Test
    void acceptsNoGuessThrottlesItsAddressOnAllServersAndServesDevicesBehindIt() throws SQLException {
        TestDevice device = TestDevice.withRsaKey(servers.get(0).endpoint(Scepgate.DEMO));
        long socketsBefore = sockets();
        long start = System.nanoTime();

        List<CompletableFuture<Tried>> all = IntStream.range(0, GUESSES)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> i % EACH_TO_ENROL == EACH_TO_ENROL - 1 ? enrol(device, i) : guess(device, i), senders))
                .toList();
        List<Tried> tried = all.stream().map(CompletableFuture::join).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(tried).filteredOn(Tried::right).allMatch(Tried::issued);
        List<Tried> guesses = tried.stream().filter(one -> !one.right()).toList();
        assertThat(guesses).noneMatch(Tried::issued);
        assertThat(guesses).extracting(Tried::status).containsOnly(200, 429);
        assertThat(guesses).filteredOn(one -> one.status() == 429).allMatch(one -> one.retryAfter() >= 1);
        assertThat(servers).allMatch(server -> front.servedBy(server.ownPort()) > GUESSES / 3);
        // Each request comes over a connection of its own.
        assertThat(sockets()).isLessThan(socketsBefore + 100);
        Map<String, Long> recorded = refused();
        long most = PER_MINUTE + 1 + PER_MINUTE * took.toSeconds() / 60;
        assertThat(recorded).hasSize(ADDRESSES);
        assertThat(recorded.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(most));
        assertThat(alarmedAddresses()).isEqualTo(ADDRESSES);
        Soak.report(
                "R14 challenge guessing: %d wrong from %d addresses at 2 servers in %d s, 0 accepted, %d answered, %d"
                        + " throttled; %d right ones from addresses that were throttled just before, all served",
                guesses.size(),
                ADDRESSES,
                took.toSeconds(),
                guesses.stream().filter(one -> one.status() == 200).count(),
                guesses.stream().filter(one -> one.status() == 429).count(),
                tried.size() - guesses.size());
    }

    /** Who has one address of IPv6 has all of its /64. */
    @Test
    void countsAllAddressesOfASubscriberTogether() {
        TestDevice device = TestDevice.withRsaKey(servers.get(0).endpoint(Scepgate.DEMO));

        List<Integer> statuses = IntStream.range(0, 2 * PER_MINUTE)
                .mapToObj(i -> post(device.endpoint(), "2001:db8:7:7::" + Integer.toHexString(i + 1), wrong(device, i))
                        .statusCode())
                .toList();

        assertThat(statuses.subList(0, PER_MINUTE / 2)).containsOnly(200);
        assertThat(statuses).contains(429);
    }

    /** Else a guesser could empty the bucket first and then try names for a challenge that it has, without an end. */
    @Test
    void locksAKnownChallengeThoughItsAddressIsThrottled() {
        TestDevice device = TestDevice.withRsaKey(servers.get(0).endpoint(Scepgate.DEMO));
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=locked.acme.example");
        String address = "203.0.113.77";
        IntStream.range(0, 2 * PER_MINUTE).forEach(i -> post(device.endpoint(), address, wrong(device, i)));

        List<Integer> statuses = IntStream.range(0, 6)
                .mapToObj(i -> post(
                                device.endpoint(),
                                address,
                                device.request(device.csr("CN=other-" + i, challenge.secret())))
                        .statusCode())
                .toList();

        assertThat(statuses).contains(429);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("LOCKED");
    }

    private long sockets() {
        return servers.stream()
                .mapToLong(server -> new ServerLoad(server).sockets())
                .sum();
    }

    /** What became of a request, and whether its challenge was right. */
    private record Tried(boolean right, int status, boolean issued, int retryAfter) {}

    private Tried guess(TestDevice device, int number) {
        HttpResponse<byte[]> answer = post(device.endpoint(), address(number), wrong(device, number));
        boolean issued = answer.statusCode() == 200 && device.read(answer).isSuccess();
        int retryAfter = answer.headers()
                .firstValue("Retry-After")
                .map(Integer::parseInt)
                .orElse(0);
        return new Tried(false, answer.statusCode(), issued, retryAfter);
    }

    /** From an address that was turned away just before. */
    private Tried enrol(TestDevice guesser, int number) {
        TestDevice device =
                TestDevice.withKey(servers.get(number / EACH_TO_ENROL % 2).endpoint(Scepgate.DEMO), TestKeys.rsa());
        String subject = "CN=honest-" + number + ".acme.example";
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, subject);
        MessageBuilder message = device.request(device.csr(subject, challenge.secret()));
        requireThrottled(guesser, number);
        HttpResponse<byte[]> answer = post(device.endpoint(), address(number), message);
        CertRep certRep = device.read(answer);
        return new Tried(true, answer.statusCode(), certRep.isSuccess(), 0);
    }

    /** One more guess is allowed every few seconds, and on a slow machine some. */
    private static void requireThrottled(TestDevice guesser, int number) {
        assertThat(Stream.generate(() -> post(guesser.endpoint(), address(number), wrong(guesser, number)))
                        .limit(2 * PER_MINUTE)
                        .map(HttpResponse::statusCode))
                .contains(429);
    }

    private static MessageBuilder wrong(TestDevice device, int number) {
        return device.request(device.csr("CN=guess-" + number + ".acme.example", "guess-at-a-challenge-" + number));
    }

    private static String address(int number) {
        return "198.51.100." + (1 + number / EACH_TO_ENROL % ADDRESSES);
    }

    private static HttpResponse<byte[]> post(ScepEndpoint endpoint, String address, MessageBuilder message) {
        return ScepEndpoint.send(endpoint.request("operation=PKIOperation")
                .header("Content-Type", "application/x-pki-message")
                .header("X-Forwarded-For", address)
                .POST(BodyPublishers.ofByteArray(message.build()))
                .build());
    }

    /** How many refusals are in the audit log, by address. */
    private Map<String, Long> refused() throws SQLException {
        return counts("select source_address, count(*) from audit_event where action = 'enrollment.refused'"
                + " and source_address like '198.51.100.%' group by 1");
    }

    private long alarmedAddresses() throws SQLException {
        return counts("select object, count(*) from audit_event where action = 'alarm.failed-challenges'"
                        + " and object like 'address/198.51.100.%' group by 1")
                .size();
    }

    private Map<String, Long> counts(String query) throws SQLException {
        try (Connection connection = scepgate.database().connect();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            Map<String, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        }
    }
}
