package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.FakeClock;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestCa.Validity;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** Two servers on one database: the clock of one is right, that of the other is set off while it runs. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockIT {
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final int ENROLMENTS = Soak.choose(3, 200);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestPostgres.Database database;
    private final FakeClock clock;
    private final TestCa ca;
    private final TestMdm mdm;
    private final ServerProcess right;
    private final ServerProcess wrong;
    private final TestDevice device;
    private final Set<BigInteger> serials = new HashSet<>();
    private int certificates;

    ClockIT(Scepgate scepgate, @TempDir Path folder) {
        SystemProgram.require("faketime", "faketime");
        this.database = scepgate.createDatabase("clocks");
        this.clock = FakeClock.in(folder);
        TestIdentityProvider identities = new TestIdentityProvider();
        Instant now = Instant.now();
        // Certificates for a year are cut off where the CA ends.
        this.ca = TestCa.valid(
                folder,
                "Scepgate Short CA",
                new Validity(now.minus(Duration.ofDays(3)), now.plus(Duration.ofDays(30))));
        TestCa young = TestCa.valid(
                folder.resolve("young"),
                "Scepgate Young CA",
                new Validity(now.minus(Duration.ofMinutes(15)), now.plus(Duration.ofMinutes(15))));
        ServerSettings settings = ServerSettings.of(database)
                .with(identities.settings(folder))
                .ca("test", ca)
                .ca("young", young)
                .profile("demo", Map.of("ca", "test", "challenge.ttl-min", "PT1S", "challenge.retry-window", "P7D"))
                .profile("young", Map.of("ca", "young"));
        CompletableFuture<ServerProcess> other =
                CompletableFuture.supplyAsync(() -> ServerProcess.start(settings, clock.environment()));
        this.right = ServerProcess.start(settings);
        this.wrong = other.join();
        this.mdm = new TestMdm(right.url(), identities.token("challenge-issuer"));
        this.device = TestDevice.withRsaKey(right.endpoint("demo"));
    }

    @AfterAll
    void stop() {
        wrong.close();
        right.close();
        Soak.report("R9 clocks off by 10 minutes and a day: %d certificates, no serial twice", certificates);
    }

    private TestDevice atWrong() {
        return device.at(wrong.endpoint("demo"));
    }

    private TestMdm.Challenge challenge(String profile, String name, String lifetime) {
        ObjectNode wish = TestMdm.wish(profile, name);
        wish.put("ttl", lifetime);
        return mdm.challenge(wish);
    }

    private void note(X509CertificateHolder certificate) {
        certificates++;
        assertThat(serials.add(certificate.getSerialNumber())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M", "P1D", "-P1D"})
    void bringsNoChallengeBackToLife(String offset) throws Exception {
        clock.setOff(Duration.ZERO);
        TestMdm.Challenge ended = challenge("demo", "CN=ended", "PT1S");
        TestMdm.Challenge cancelled = challenge("demo", "CN=cancelled", "P3D");
        TestMdm.Challenge spent = challenge("demo", "CN=spent", "P3D");
        mdm.cancel(cancelled);
        X509CertificateHolder first = device.enrol(device.csr("CN=spent", spent.secret()));
        note(first);
        await().atMost(SOON).until(() -> mdm.stateOf(ended).equals("EXPIRED"));

        clock.setOff(Duration.parse(offset));
        TestDevice thief = atWrong().another(TestKeys.rsa());

        assertThat(atWrong()
                        .send(atWrong().request(device.csr("CN=ended", ended.secret())))
                        .isSuccess())
                .isFalse();
        assertThat(atWrong()
                        .send(atWrong().request(device.csr("CN=cancelled", cancelled.secret())))
                        .isSuccess())
                .isFalse();
        assertThat(thief.send(thief.request(thief.csr("CN=spent", spent.secret())))
                        .isSuccess())
                .isFalse();
        assertThat(Issued.in(database).forChallenge(ended)).isEmpty();
        assertThat(Issued.in(database).forChallenge(cancelled)).isEmpty();
        assertThat(Issued.in(database).forChallenge(spent)).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M", "P1D", "-P1D"})
    void issuesWithinTheLifeOfTheCaAndBackdated(String offset) throws Exception {
        clock.setOff(Duration.parse(offset));
        for (int i = 0; i < ENROLMENTS; i++) {
            String name = "CN=clock" + offset + "-" + i;
            TestMdm.Challenge challenge = challenge("demo", name, "P3D");
            byte[] csr = device.csr(name, challenge.secret()).encoded();

            X509CertificateHolder certificate =
                    atWrong().send(atWrong().request(csr)).issued(device.signer());

            note(certificate);
            Instant believed = Instant.now().plus(Duration.parse(offset));
            assertThat(certificate.getNotBefore().toInstant())
                    .isCloseTo(believed.minus(BACKDATED), within(Duration.ofSeconds(60)));
            assertThat(certificate.getNotAfter()).isEqualTo(ca.certificate().getNotAfter());
            // Asked where the clock is right, and again where it is wrong.
            assertThat(device.send(device.request(csr)).issued(device.signer())).isEqualTo(certificate);
            assertThat(atWrong().send(atWrong().request(csr)).issued(device.signer()))
                    .isEqualTo(certificate);
            assertThat(Issued.in(database).forChallenge(challenge)).containsExactly(certificate);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "-P1D"})
    void issuesNothingWhereTheCaIsNotInDate(String offset) throws Exception {
        clock.setOff(Duration.ZERO);
        ScepEndpoint endpoint = wrong.endpoint("young");
        TestDevice young = TestDevice.withRsaKey(endpoint);
        TestMdm.Challenge challenge = challenge("young", "CN=young", "P3D");
        byte[] message =
                young.request(young.csr("CN=young", challenge.secret())).build();

        clock.setOff(Duration.parse(offset));
        int whileWrong = endpoint.post(message).statusCode();
        clock.setOff(Duration.ZERO);

        assertThat(whileWrong).isEqualTo(503);
        assertThat(young.read(endpoint.post(message)).isSuccess()).isTrue();
        assertThat(Issued.in(database).forChallenge(challenge)).hasSize(1);
    }

    private static TemporalUnitWithinOffset within(Duration duration) {
        return new TemporalUnitWithinOffset(duration.toSeconds(), ChronoUnit.SECONDS);
    }
}
