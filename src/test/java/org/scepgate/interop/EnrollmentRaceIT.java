package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Hundreds of requests at the same time for one challenge, on one server and on three that share a database. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrollmentRaceIT {
    private static final int PARALLEL = Soak.choose(200, 500);
    private static final int ROUNDS = Soak.choose(1, 20);
    private static final String SUBJECT = "CN=race.acme.example,O=Acme";

    private final Scepgate scepgate;
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<TestDevice> devices;
    private int turnedAway;

    EnrollmentRaceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.servers.add(scepgate.server());
        TestDevice first = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.devices = TestKeys.manyRsa(PARALLEL).stream().map(first::another).toList();
    }

    @AfterAll
    void stopPeer() {
        servers.stream().skip(1).forEach(ServerProcess::close);
    }

    @ParameterizedTest(name = "{0} servers")
    @ValueSource(ints = {1, 3})
    void oneChallengeForManyKeysGivesOneCertificate(int serverCount) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            raceOfKeys(serverCount);
        }
        Soak.report(
                "R2 %d keys, one challenge, %d servers, %d rounds: one certificate each",
                PARALLEL, serverCount, ROUNDS);
    }

    private void raceOfKeys(int serverCount) throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        List<byte[]> messages = devices.stream()
                .map(device ->
                        device.request(device.csr(SUBJECT, challenge.secret())).build())
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(endpoints(serverCount)).fireUntilServed(messages);

        List<X509CertificateHolder> issued = certificates(devices, answers);
        assertThat(issued).hasSize(1);
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).containsExactlyElementsOf(issued);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
        assertThat(Issued.in(scepgate.database()).alarmsOf(challenge)).isPositive();
    }

    @ParameterizedTest(name = "{0} servers")
    @ValueSource(ints = {1, 3})
    void oneRequestSentManyTimesGivesTheSameCertificateEveryTime(int serverCount) throws SQLException {
        turnedAway = 0;
        for (int round = 0; round < ROUNDS; round++) {
            raceOfRetries(serverCount);
        }
        Soak.report(
                "R1 %d times one request, %d servers, %d rounds: one serial each, %d answers 503 before",
                PARALLEL, serverCount, ROUNDS, turnedAway);
    }

    private void raceOfRetries(int serverCount) throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = devices.get(0);
        byte[] csr = device.csr(SUBJECT, challenge.secret()).encoded();
        byte[] first = device.request(csr).build();
        // Half of them to the byte, as one that the network sends again; half of them anew, as a device that asks
        // again.
        List<byte[]> messages = IntStream.range(0, PARALLEL)
                .mapToObj(i -> i % 2 == 0 ? first : device.request(csr).build())
                .toList();

        Volley volley = new Volley(endpoints(serverCount));
        List<HttpResponse<byte[]>> answers = volley.fireUntilServed(messages);
        turnedAway += volley.turnedAway();

        List<TestDevice> same = Stream.generate(() -> device).limit(PARALLEL).toList();
        List<X509CertificateHolder> issued = certificates(same, answers);
        assertThat(issued).hasSize(PARALLEL);
        assertThat(issued.stream().distinct()).hasSize(1);
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).containsExactly(issued.get(0));
    }

    /** The certificates of all answers that are SUCCESS; the others must be badRequest. */
    private static List<X509CertificateHolder> certificates(
            List<TestDevice> senders, List<HttpResponse<byte[]>> answers) {
        List<X509CertificateHolder> issued = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            CertRep answer = senders.get(i).read(answers.get(i));
            if (answer.isSuccess()) {
                issued.add(answer.issued(senders.get(i).signer()));
            } else {
                assertThat(answer.failInfo()).contains("2");
            }
        }
        return issued;
    }

    private List<ScepEndpoint> endpoints(int serverCount) {
        while (servers.size() < serverCount) {
            servers.add(scepgate.startPeer());
        }
        return servers.stream()
                .limit(serverCount)
                .map(server -> server.endpoint(Scepgate.DEMO))
                .toList();
    }
}
