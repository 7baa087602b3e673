package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** Devices and operators who do the same thing at the same moment, on two servers that share a database. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalRaceIT {
    private static final int PARALLEL = 50;
    private static final String PENDING = "3";

    private final Scepgate scepgate;
    private final ServerProcess peer;
    private final TestOperator operator;
    private final TestDevice device;
    private int subjects;

    ApprovalRaceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.peer = scepgate.startPeer();
        this.operator = scepgate.operator();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.APPROVAL));
    }

    @AfterAll
    void stopPeer() {
        peer.close();
    }

    @Test
    void oneRequestSentManyTimesWaitsOnce() {
        String subject = nextSubject();
        List<byte[]> messages = IntStream.range(0, PARALLEL)
                .mapToObj(i -> device.request(device.csr(subject)).build())
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(endpoints(Scepgate.APPROVAL)).fireAndWait(messages);

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(device.read(answer).pkiStatus()).isEqualTo(PENDING));
        assertThat(waiting(Scepgate.APPROVAL, subject)).isEqualTo(1);
    }

    @Test
    void oneRequestWithAChallengeSentManyTimesWaitsOnce() {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        String subject = nextSubject();
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, subject);
        List<byte[]> messages = IntStream.range(0, PARALLEL)
                .mapToObj(
                        i -> both.request(both.csr(subject, challenge.secret())).build())
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(endpoints(Scepgate.BOTH)).fireAndWait(messages);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(both.read(answer).pkiStatus()).isEqualTo(PENDING));
        assertThat(waiting(Scepgate.BOTH, subject)).isEqualTo(1);
    }

    @Test
    void oneChallengeForManyKeysLetsOneWait() {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        String subject = nextSubject();
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, subject);
        List<TestDevice> devices =
                TestKeys.manyRsa(PARALLEL).stream().map(both::another).toList();
        List<byte[]> messages = devices.stream()
                .map(one -> one.request(one.csr(subject, challenge.secret())).build())
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(endpoints(Scepgate.BOTH)).fireAndWait(messages);

        List<CertRep> read = IntStream.range(0, PARALLEL)
                .mapToObj(i -> devices.get(i).read(answers.get(i)))
                .toList();
        assertThat(read.stream().filter(answer -> answer.pkiStatus().equals(PENDING)))
                .hasSize(1);
        assertThat(read.stream().filter(answer -> answer.failInfo().isPresent()))
                .hasSize(PARALLEL - 1);
        assertThat(waiting(Scepgate.BOTH, subject)).isEqualTo(1);
    }

    @RepeatedTest(5)
    void isNeverBothApprovedAndDenied() throws Exception {
        MessageBuilder request = device.request(device.csr(nextSubject()));
        device.send(request);
        String id = operator.requirePending(Scepgate.APPROVAL, currentSubject());

        List<HttpResponse<byte[]>> rulings = atOnce(i -> i % 2 == 0
                ? operators().get(i / 2 % 2).approve(id)
                : operators().get(i / 2 % 2).deny(id));

        String state = operator.look(id).get("state").asText();
        CertRep answer = device.send(device.poll(request));
        assertThat(answer.isSuccess()).isEqualTo(state.equals("APPROVED"));
        assertThat(rulings.stream().map(HttpResponse::statusCode)).containsOnly(200, 409);
        assertThat(operator.look(id).has("certificateSerial")).isEqualTo(state.equals("APPROVED"));
    }

    @Test
    void signsOneCertificateHoweverManyApproveAtOnceAndGivesItToEveryPoll() throws Exception {
        TestDevice both = device.at(scepgate.endpoint(Scepgate.BOTH));
        String subject = nextSubject();
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, subject);
        MessageBuilder request = both.request(both.csr(subject, challenge.secret()));
        both.send(request);
        String id = operator.requirePending(Scepgate.BOTH, subject);
        byte[] poll = both.poll(request).build();

        List<HttpResponse<byte[]>> answers = atOnce(i -> i % 2 == 0
                ? operators().get(i / 2 % 2).approve(id)
                : endpoints(Scepgate.BOTH).get(i / 2 % 2).post(poll));

        assertThat(IntStream.range(0, answers.size())
                        .filter(i -> i % 2 == 0)
                        .mapToObj(i -> answers.get(i).statusCode()))
                .containsOnly(200);
        X509CertificateHolder issued = both.send(both.poll(request)).issued(both.signer());
        IntStream.range(0, answers.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(i -> both.read(answers.get(i)))
                .forEach(answer -> assertThat(answer.pkiStatus().equals(PENDING)
                                || answer.issued(both.signer()).equals(issued))
                        .isTrue());
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).containsExactly(issued);
    }

    private String nextSubject() {
        subjects++;
        return currentSubject();
    }

    private String currentSubject() {
        return "CN=held-race-" + subjects;
    }

    private long waiting(String profile, String subject) {
        return operator.pending(profile).stream()
                .filter(held -> held.get("subject").asText().equals(subject))
                .count();
    }

    private List<TestOperator> operators() {
        return List.of(operator, scepgate.operator(peer));
    }

    private List<ScepEndpoint> endpoints(String profile) {
        return List.of(scepgate.endpoint(profile), peer.endpoint(profile));
    }

    private interface Act {
        HttpResponse<byte[]> perform(int number);
    }

    private static List<HttpResponse<byte[]>> atOnce(Act act) throws Exception {
        ExecutorService everybody = Executors.newFixedThreadPool(8);
        try {
            List<Callable<HttpResponse<byte[]>>> acts = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<HttpResponse<byte[]>>) () -> act.perform(i))
                    .toList();
            List<HttpResponse<byte[]>> answers = new ArrayList<>();
            for (Future<HttpResponse<byte[]>> done : everybody.invokeAll(acts)) {
                answers.add(done.get());
            }
            return answers;
        } finally {
            everybody.shutdownNow();
        }
    }
}
