package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** A server that is killed under load loses no certificate that a device has received, and issues none twice. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
    private static final int REQUESTS = 60;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Scepgate scepgate;
    private final ServerProcess victim;
    private final List<TestDevice> devices;
    private int deaths;
    private int receivedInTime;

    CrashIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.victim = scepgate.startPeer();
        TestDevice first = TestDevice.withRsaKey(victim.endpoint(Scepgate.DEMO));
        this.devices = TestKeys.manyRsa(REQUESTS).stream().map(first::another).toList();
    }

    @AfterAll
    void stopVictim() {
        victim.close();
        Soak.report("R3 kill -9 under load: %d times, %d certificates were received before", deaths, receivedInTime);
    }

    /** A few that are always the same, and in a long run many by chance. */
    private static IntStream momentsOfDeath() {
        return IntStream.concat(IntStream.of(1, 7, 20, 41), new Random().ints(1, REQUESTS - 10))
                .limit(Soak.choose(2, 100));
    }

    @ParameterizedTest(name = "killed after {0} answers")
    @MethodSource("momentsOfDeath")
    void everyCertificateReceivedIsKeptAndARetryGetsTheSame(int answersBeforeKill) throws Exception {
        List<TestMdm.Challenge> challenges = challenges();
        List<byte[]> csrs = csrs(challenges);

        Map<Integer, X509CertificateHolder> received = enrolUntilKilled(csrs, answersBeforeKill);
        deaths++;
        receivedInTime += received.size();

        for (Map.Entry<Integer, X509CertificateHolder> entry : received.entrySet()) {
            assertThat(Issued.in(scepgate.database()).forChallenge(challenges.get(entry.getKey())))
                    .containsExactly(entry.getValue());
        }
        victim.restart();
        List<X509CertificateHolder> retried = retry(csrs);
        received.forEach((i, certificate) -> assertThat(retried.get(i)).isEqualTo(certificate));
        requireOneCertificateEach(challenges, retried);
        // Some server tells of it soon, though it may have died while it did.
        await().atMost(SOON).untilAsserted(() -> requireOneEventEach(retried));
    }

    private Map<Integer, X509CertificateHolder> enrolUntilKilled(List<byte[]> csrs, int answersBeforeKill)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(answersBeforeKill);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new Volley(List.of(victim.endpoint(Scepgate.DEMO)))
                .onAnswer(answer -> enough.countDown())
                .fire(messages(csrs));
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        victim.kill();
        Map<Integer, X509CertificateHolder> received = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            if (arrived(answers.get(i))) {
                TestDevice device = devices.get(i);
                received.put(i, device.read(answers.get(i).join()).issued(device.signer()));
            }
        }
        assertThat(received).hasSizeGreaterThanOrEqualTo(answersBeforeKill);
        return received;
    }

    private static boolean arrived(CompletableFuture<HttpResponse<byte[]>> answer) {
        try {
            return answer.join() != null;
        } catch (CompletionException connectionLost) {
            return false;
        }
    }

    /** All at once, and again where the server turns one away that is still busy with what it finds. */
    private List<X509CertificateHolder> retry(List<byte[]> csrs) {
        List<HttpResponse<byte[]>> answers =
                new Volley(List.of(victim.endpoint(Scepgate.DEMO))).fireUntilServed(messages(csrs));
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> devices.get(i)
                        .read(answers.get(i))
                        .issued(devices.get(i).signer()))
                .toList();
    }

    private void requireOneCertificateEach(List<TestMdm.Challenge> challenges, List<X509CertificateHolder> certificates)
            throws SQLException {
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(Issued.in(scepgate.database()).forChallenge(challenges.get(i)))
                    .containsExactly(certificates.get(i));
        }
    }

    private void requireOneEventEach(List<X509CertificateHolder> certificates) throws SQLException {
        Map<String, Long> told = Issued.in(scepgate.database()).events("certificate.issued");
        assertThat(certificates)
                .extracting(certificate -> told.getOrDefault(Issued.serialText(certificate), 0L))
                .containsOnly(1L);
    }

    private List<TestMdm.Challenge> challenges() {
        TestMdm mdm = scepgate.mdm();
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> mdm.challenge(Scepgate.DEMO, "CN=crash-" + i + ",O=Acme"))
                .toList();
    }

    private List<byte[]> csrs(List<TestMdm.Challenge> challenges) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> devices.get(i)
                        .csr("CN=crash-" + i + ",O=Acme", challenges.get(i).secret())
                        .encoded())
                .toList();
    }

    private List<byte[]> messages(List<byte[]> csrs) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> devices.get(i).request(csrs.get(i)).build())
                .toList();
    }
}
