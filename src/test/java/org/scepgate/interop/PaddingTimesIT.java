package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.testing.Alike;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.KeptConnection;
import org.scepgate.testing.KeyBlock;
import org.scepgate.testing.KeyTransport;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;

/**
 * Nobody learns from the answer, or from how long it took, how far the decryption of somebody else's request got: RSA
 * padding, version bytes, where the zero is, CBC padding, ASN.1, signature of the CSR, challenge. All kinds are sent in one
 * random order over a few connections.
 */
@ExtendWith(Scepgate.Extension.class)
class PaddingTimesIT {
    private static final String SUBJECT = "CN=times.acme.example";
    private static final int EACH = Soak.choose(12, Integer.getInteger("scepgate.times", 20_000));
    private static final int WARM_UP = Soak.choose(2, 100);
    private static final int CONNECTIONS = 8;
    private static final int PREPARED = 64;
    private static final double LEAST_P = 0.01;

    private final TestDevice attacker;
    private final byte[] captured;
    private final byte[] unchallenged;
    private final byte[] wrongProof;

    PaddingTimesIT(Scepgate scepgate) {
        this.attacker = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestDevice victim = attacker.another(TestKeys.rsa());
        this.captured = victim.csr(SUBJECT, "a-challenge-of-some-length").encoded();
        this.unchallenged = victim.csr(SUBJECT).encoded();
        this.wrongProof = TestCsr.of(victim.keys())
                .subject(SUBJECT)
                .signedBy(TestKeys.rsa().getPrivate())
                .challenge("a-challenge-of-some-length")
                .encoded();
    }

    @ParameterizedTest
    @EnumSource(names = {"PKCS1", "OAEP_SHA256"})
    void answersAndTimesTellNoKindOfFailureFromAnother(KeyTransport transport) {
        Map<String, Envelope> kinds = transport == KeyTransport.PKCS1 ? pkcs1() : oaep();
        measure(transport, kinds, WARM_UP);

        Measured measured = measure(transport, kinds, EACH);

        assertThat(measured.answers()).hasSize(1);
        List<Alike.Comparison> compared = Alike.compare(measured.times());
        Soak.report(
                "R11 padding oracle, %s: %d kinds, %d each, one answer%n%s",
                transport,
                kinds.size(),
                EACH,
                compared.stream().map(Object::toString).collect(Collectors.joining("\n")));
        // A few say nothing, whatever p is.
        assertThat(compared.get(0).p()).as("%s", compared.get(0)).isGreaterThan(Soak.limit(0, 1) * LEAST_P);
    }

    /** Makes the envelope anew. */
    private interface Envelope {
        EnvelopeBuilder build();
    }

    private Map<String, Envelope> pkcs1() {
        Map<String, Envelope> kinds = new LinkedHashMap<>(insideTheContent());
        kinds.put("block: first byte 1", block(KeyBlock.set(0, 1)));
        kinds.put("block: type 1", block(KeyBlock.set(1, 1)));
        kinds.put("block: type 0", block(KeyBlock.set(1, 0)));
        kinds.put("block: no zero", block(KeyBlock::withoutZero));
        kinds.put("block: zero at 5", block(KeyBlock.set(5, 0)));
        kinds.put("block: zero at 100", block(KeyBlock.set(100, 0)));
        kinds.put(
                "block: zero one late",
                block(block -> KeyBlock.set(240, 0).apply(KeyBlock.set(239, 1).apply(block))));
        kinds.put("block: noise", block(KeyBlock::noise));
        return kinds;
    }

    private Map<String, Envelope> oaep() {
        Map<String, Envelope> kinds = new LinkedHashMap<>(insideTheContent());
        kinds.put("block: first byte 1", block(KeyBlock.set(0, 1)));
        // Behind the first byte and the seed: hash of the label, zeros, 01, key of 16 bytes.
        kinds.put("block: label", block(KeyBlock.flip(33)));
        kinds.put("block: padding", block(KeyBlock.set(100, 2)));
        kinds.put("block: one at 100", block(KeyBlock.set(100, 1)));
        kinds.put("block: no one", block(KeyBlock.set(239, 0)));
        kinds.put(
                "block: one one late",
                block(block -> KeyBlock.set(240, 1).apply(KeyBlock.set(239, 0).apply(block))));
        kinds.put("block: noise", block(KeyBlock::noise));
        return kinds;
    }

    /** The first is what is compared with: a request that is whole, and only its challenge is wrong. */
    private Map<String, Envelope> insideTheContent() {
        Map<String, Envelope> kinds = new LinkedHashMap<>();
        kinds.put("challenge", () -> attacker.envelope(captured));
        kinds.put("no challenge", () -> attacker.envelope(unchallenged));
        kinds.put("signature of the CSR", () -> attacker.envelope(wrongProof));
        kinds.put("ASN.1: first byte", () -> attacker.envelope(KeyBlock.flip(0).apply(captured)));
        kinds.put(
                "ASN.1: something inside",
                () -> attacker.envelope(KeyBlock.set(9, 0x7F).apply(captured)));
        kinds.put("content key of 5 bytes", () -> attacker.envelope(captured).wrongKeyLength());
        kinds.put("CBC padding", () -> attacker.envelope(captured).wrongContentPadding());
        return kinds;
    }

    private Envelope block(UnaryOperator<byte[]> change) {
        return () -> attacker.envelope(captured).keyBlock(change);
    }

    /** @param times in ms */
    private record Measured(Set<String> answers, Map<String, double[]> times) {}

    /** A message that waits to be sent. */
    private record Prepared(String kind, MessageBuilder message, byte[] encoded) {
        private static final Prepared END = new Prepared("", null, new byte[0]);
    }

    // Threads that send do nothing else: what it takes to make a message of a kind must not show in its time.
    private Measured measure(KeyTransport transport, Map<String, Envelope> kinds, int each) {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        Map<String, Queue<Double>> times = new ConcurrentHashMap<>();
        BlockingQueue<Prepared> prepared = new ArrayBlockingQueue<>(PREPARED);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS + 1);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        running.add(CompletableFuture.runAsync(() -> prepare(transport, kinds, each, prepared), threads));
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(CompletableFuture.runAsync(() -> send(prepared, answers, times), threads));
        }
        running.forEach(CompletableFuture::join);
        threads.shutdown();
        Map<String, double[]> all = new LinkedHashMap<>();
        kinds.keySet()
                .forEach(kind -> all.put(
                        kind,
                        times.get(kind).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
        return new Measured(answers, all);
    }

    private void prepare(
            KeyTransport transport, Map<String, Envelope> kinds, int each, BlockingQueue<Prepared> prepared) {
        try {
            for (String kind : order(kinds.keySet(), each)) {
                MessageBuilder message =
                        attacker.request(kinds.get(kind).build().keyTransport(transport));
                prepared.put(new Prepared(kind, message, message.build()));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                prepared.put(Prepared.END);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(BlockingQueue<Prepared> prepared, Set<String> answers, Map<String, Queue<Double>> times) {
        try (KeptConnection connection = KeptConnection.to(attacker.endpoint())) {
            for (Prepared next = prepared.take(); next != Prepared.END; next = prepared.take()) {
                KeptConnection.Answer answer = connection.post(next.encoded());
                answers.add(told(answer, next.message()));
                times.computeIfAbsent(next.kind(), key -> new ConcurrentLinkedQueue<>())
                        .add(answer.nanos() / 1e6);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> order(Set<String> kinds, int each) {
        List<String> order = new ArrayList<>();
        IntStream.range(0, each).forEach(round -> order.addAll(kinds));
        Collections.shuffle(order);
        return order;
    }

    /** All of the answer but its nonce and signature, and the date. */
    private String told(KeptConnection.Answer answer, MessageBuilder message) {
        CertRep certRep = attacker.read(answer.body());
        assertThat(certRep.transactionId()).isEqualTo(message.transactionId());
        String head =
                answer.head().lines().filter(line -> !line.startsWith("date:")).collect(Collectors.joining("\n"));
        return head + certRep + certRep.digest();
    }
}
