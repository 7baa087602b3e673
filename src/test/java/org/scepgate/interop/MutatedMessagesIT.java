package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.PasswordEnvelope;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerLoad;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;

/**
 * pkiMessages that were changed at random, half of them before they were sealed and signed: all are answered in an orderly
 * way, none brings a certificate, costs a second of the processor or stays in memory.
 */
@ExtendWith(Scepgate.Extension.class)
class MutatedMessagesIT {
    private static final int MESSAGES = Soak.choose(1_000, 200_000);
    private static final int WARM_UP = MESSAGES / 10;
    private static final int THREADS = 4;
    private static final long SEED = 20_261_128;
    private static final Duration MOST = Duration.ofSeconds(1);
    // The short form ends while the JVM is still finding its measure.
    private static final double GROWTH = Soak.limit(150, 105) / 100.0;

    private final Scepgate scepgate;
    private final ServerProcess server;
    private final TestDevice device;
    private final TestDevice elliptic;
    private final List<byte[]> slow = Collections.synchronizedList(new ArrayList<>());

    MutatedMessagesIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.server = scepgate.server();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.QUERIES));
        this.elliptic = device.another(TestKeys.ec("secp256r1"));
    }

    @Test
    void areAllAnsweredInAnOrderlyWay() throws Exception {
        int logged = server.log().length();
        long certificates = Issued.in(scepgate.database()).count();
        ServerLoad load = new ServerLoad(server);
        Map<String, Integer> outcomes = sendAll(0, WARM_UP);
        long before = load.heapInUse();
        Duration begin = load.processorTime();

        sendAll(WARM_UP, MESSAGES).forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));

        Duration spent = load.processorTime().minus(begin);
        long after = load.heapInUse();
        Duration dearest = dearestOfTheSlow(load);
        Soak.report(
                "R7 %d mutated messages: %s, %.2f ms of CPU each; %d took more than a second on the clock, and alone"
                        + " %d ms of CPU at most; heap after GC %d KiB, then %d KiB",
                MESSAGES,
                outcomes,
                spent.toNanos() / 1e6 / (MESSAGES - WARM_UP),
                slow.size(),
                dearest.toMillis(),
                before >> 10,
                after >> 10);
        assertThat(outcomes.keySet()).isSubsetOf("HTTP 400", "FAILURE");
        assertThat(dearest).isLessThan(MOST);
        assertThat(after).isLessThan((long) (before * GROWTH));
        assertThat(Issued.in(scepgate.database()).count()).isEqualTo(certificates);
        assertThat(server.log().substring(logged).lines())
                .noneMatch(line -> line.contains("\"level\":\"ERROR\"") || line.contains("Exception"));
    }

    private Map<String, Integer> sendAll(int from, int to) throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<String, Integer>>> shares = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = SEED + from + i;
                shares.add(senders.submit(() -> sendShare(seed, (to - from) / THREADS)));
            }
            Map<String, Integer> outcomes = new TreeMap<>();
            for (Future<Map<String, Integer>> share : shares) {
                share.get().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
            }
            return outcomes;
        } finally {
            senders.shutdownNow();
        }
    }

    private Map<String, Integer> sendShare(long seed, int count) {
        Mutator outside = new Mutator(seed, wholeMessages());
        Mutator inside = new Mutator(seed, contents());
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] message = i % 2 == 0
                    ? outside.next()
                    : device.request(inside.next())
                            .messageType(i % 8 == 1 ? "21" : "19")
                            .build();
            outcomes.merge(send(message), 1, Integer::sum);
        }
        return outcomes;
    }

    private String send(byte[] message) {
        long begin = System.nanoTime();
        HttpResponse<byte[]> answer = device.endpoint().post(message);
        if (System.nanoTime() - begin > MOST.toNanos()) {
            slow.add(message);
        }
        return answer.statusCode() == 200
                ? Map.of("2", "FAILURE").getOrDefault(device.read(answer).pkiStatus(), "no FAILURE")
                : "HTTP " + answer.statusCode();
    }

    /** Time on the clock is also that of others: what took long is sent once more, alone. */
    private Duration dearestOfTheSlow(ServerLoad load) {
        Duration dearest = Duration.ZERO;
        for (byte[] message : slow) {
            Duration begin = load.processorTime();
            device.endpoint().post(message);
            Duration price = load.processorTime().minus(begin);
            dearest = price.compareTo(dearest) > 0 ? price : dearest;
        }
        return dearest;
    }

    /** None would get a certificate as it stands. */
    private List<byte[]> wholeMessages() {
        byte[] csr = device.csr("CN=mutant", "no-such-challenge").encoded();
        return List.of(
                device.request(csr).build(),
                device.request(csr).messageType("17").build(),
                device.request(csr).messageType("20").build(),
                elliptic.request(elliptic.csr("CN=mutant", "no-such-challenge")).build(),
                MessageBuilder.pkcsReq(PasswordEnvelope.of(csr, "no-such-challenge", 2048))
                        .signedBy(device.signer())
                        .build());
    }

    private List<byte[]> contents() {
        return List.of(
                device.csr("CN=mutant,O=Acme", "no-such-challenge")
                        .dns("mutant.acme.example")
                        .ip("192.0.2.1")
                        .upn("mutant@acme.example")
                        .encoded(),
                elliptic.csr("CN=mutant", "no-such-challenge").encoded(),
                certificateId());
    }

    private byte[] certificateId() {
        return HostileContent.issuerAndSerial(new Attack.Means(device, null));
    }
}
