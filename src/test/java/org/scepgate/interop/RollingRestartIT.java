package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.RoundRobin;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** Three servers behind a balancer, restarted one after the other while devices enrol. */
@ExtendWith(Scepgate.Extension.class)
class RollingRestartIT {
    private static final int SERVERS = 3;
    private static final int DEVICES_AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Scepgate scepgate;
    private final RoundRobin balancer = RoundRobin.start();
    private final List<ServerProcess> servers;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger enrolled = new AtomicInteger();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Set<X509CertificateHolder> certificates = ConcurrentHashMap.newKeySet();

    RollingRestartIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        // The balancer asks ten times a second: two seconds are plenty for it to notice.
        this.servers =
                scepgate.startPeersBehind(balancer, settings -> settings.with("quarkus.shutdown.delay", "2s"), SERVERS);
    }

    @AfterEach
    void stop() {
        servers.forEach(ServerProcess::close);
        balancer.close();
    }

    @Test
    void failsNoEnrolment() throws Exception {
        ExecutorService devices = Executors.newFixedThreadPool(DEVICES_AT_ONCE);
        IntStream.range(0, DEVICES_AT_ONCE).forEach(i -> devices.submit(() -> enrolAgainAndAgain("device-" + i)));
        requireMore(20);

        for (ServerProcess server : servers) {
            server.close();
            requireMore(5);
            server.restart();
            int before = balancer.servedBy(server.ownPort());
            Awaitility.await().atMost(PATIENCE).until(() -> balancer.servedBy(server.ownPort()) > before);
        }
        requireMore(20);
        over.set(true);
        devices.shutdown();

        assertThat(devices.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(failures).isEmpty();
        assertThat(certificates).hasSize(enrolled.get());
        Soak.report(
                "rolling restart of %d servers: %d challenges and enrolments, none failed", SERVERS, enrolled.get());
    }

    private void enrolAgainAndAgain(String name) {
        try {
            ScepEndpoint endpoint = new ScepEndpoint(servers.get(0).url().resolve("/scep/" + Scepgate.DEMO));
            TestMdm mdm = scepgate.mdm(servers.get(0));
            TestDevice device = TestDevice.withRsaKey(endpoint);
            for (int i = 0; !over.get(); i++) {
                String subject = "CN=" + name + "-" + i + ",O=Rolling";
                TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, subject);
                certificates.add(device.enrol(device.csr(subject, challenge.secret())));
                enrolled.incrementAndGet();
            }
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    private void requireMore(int count) {
        int before = enrolled.get();
        Awaitility.await().atMost(PATIENCE).until(() -> enrolled.get() >= before + count || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }
}
