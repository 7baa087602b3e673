package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestAuthorizer;
import org.scepgate.testing.TestAuthorizer.Reply;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** A profile that asks an endpoint, which does not answer. */
@ExtendWith(Scepgate.Extension.class)
class AuthorizerAwayIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SUBJECT = "CN=away";

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    AuthorizerAwayIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void refusesAfterATimeOutAndIssuesOnceThereIsAnAnswer() {
        try (AskedServer asked = AskedServer.start(scepgate, folder, Map.of("authorize.timeout", "PT3S"))) {
            CountDownLatch over = new CountDownLatch(1);
            asked.authorizer().saying(question -> late(over));
            TestMdm.Challenge challenge = asked.mdm().challenge(AskedServer.PROFILE, SUBJECT);
            TestDevice device = asked.device();

            CertRep answer = enrol(device, challenge);

            isRefused(asked, challenge, answer);
            assertThat(asked.lastEvent(challenge).toString()).contains("did not answer within PT3S");
            over.countDown();
            asked.authorizer().saying(Reply.ok("{\"decision\": \"allow\"}"));
            assertThat(enrol(device, challenge).isSuccess()).isTrue();
        }
    }

    @Test
    void leavesTheChallengeUsableWhileTheEndpointIsKilledAndStarted() {
        try (AskedServer asked = AskedServer.start(scepgate, folder, Map.of())) {
            TestMdm.Challenge challenge = asked.mdm().challenge(AskedServer.PROFILE, SUBJECT);
            TestDevice device = asked.device();
            asked.authorizer().kill();

            // So many that the endpoint is spared after some of them, and the challenge would be locked twice.
            for (int i = 0; i < 2 * AskedServer.LOCKED_AFTER + 2; i++) {
                isRefused(asked, challenge, enrol(device, challenge));
            }
            assertThat(asked.lastEvent(challenge).toString()).contains("it did not the last 5 times");
            asked.authorizer().restart();

            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> enrol(device, challenge).isSuccess());
            assertThat(asked.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
            assertThat(asked.server().log()).contains("does not answer", "answers again");
        }
    }

    @Test
    void asksNobodyWhoseCertificateIsNotTrusted() {
        try (TestAuthorizer impostor = new TestAuthorizer();
                AskedServer misled = AskedServer.start(
                        scepgate, folder, Map.of("authorize.url", impostor.url().toString()))) {
            TestMdm.Challenge challenge = misled.mdm().challenge(AskedServer.PROFILE, SUBJECT);

            isRefused(misled, challenge, enrol(misled.device(), challenge));

            assertThat(impostor.questions()).isEmpty();
        }
    }

    @Test
    void hasNoMoreQuestionsOpenThanItMay() throws Exception {
        Map<String, String> settings = Map.of("authorize.timeout", "PT5S", "authorize.concurrency", "1");
        try (AskedServer asked = AskedServer.start(scepgate, folder, settings)) {
            CountDownLatch over = new CountDownLatch(1);
            asked.authorizer().saying(question -> late(over));
            List<TestMdm.Challenge> challenges = List.of(
                    asked.mdm().challenge(AskedServer.PROFILE, SUBJECT),
                    asked.mdm().challenge(AskedServer.PROFILE, SUBJECT));
            TestDevice first = asked.device();
            CompletableFuture<CertRep> waits = CompletableFuture.supplyAsync(() -> enrol(first, challenges.get(0)));
            await().atMost(SOON).until(() -> asked.authorizer().questions().size() == 1);

            CertRep turnedAway = enrol(asked.device(), challenges.get(1));

            isRefused(asked, challenges.get(1), turnedAway);
            assertThat(waits).isNotDone();
            over.countDown();
            assertThat(waits.get(SOON.toSeconds(), TimeUnit.SECONDS).isSuccess())
                    .isTrue();
            assertThat(asked.authorizer().questions()).hasSize(1);
        }
    }

    private static Reply late(CountDownLatch over) {
        try {
            over.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Reply.ok("{\"decision\": \"allow\"}");
    }

    private static CertRep enrol(TestDevice device, TestMdm.Challenge challenge) {
        return device.send(device.request(device.csr(SUBJECT, challenge.secret())));
    }

    private static void isRefused(AskedServer asked, TestMdm.Challenge challenge, CertRep answer) {
        assertThat(answer.failInfo()).contains("2");
        assertThat(answer.failInfoText()).contains("The request was refused.");
        JsonNode event = asked.lastEvent(challenge);
        assertThat(event.get("action").asText()).isEqualTo("authorization.failed");
        assertThat(event.get("reason").asText()).isEqualTo("authorization.failed");
        assertThat(asked.mdm().stateOf(challenge)).isEqualTo("ISSUED");
    }
}
