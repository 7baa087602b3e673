package org.scepgate.interop;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.interop.IntuneServer.SUBJECT;
import static org.scepgate.interop.IntuneServer.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestKeys;

/** Repeated, parallel and stolen requests, and services of Microsoft that fail, with a server that asks Intune. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntuneFaultIT {
    private final Scepgate scepgate;
    private final TestIntune intune;
    private final TestDevice device;
    private final IntuneServer server;

    IntuneFaultIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.server = new IntuneServer(scepgate);
        this.intune = server.intune();
        this.device = server.device();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void recovers() {
        intune.reset();
    }

    static Stream<ResponseDefinitionBuilder> waysNotToTakeANotification() {
        return Stream.of(
                aResponse().withStatus(500),
                TestIntune.json(TestIntune.code("ChallengeExpired")),
                TestIntune.json("{\"code\":"),
                TestIntune.json(TestIntune.code("Success")).withFixedDelay(7000));
    }

    @ParameterizedTest
    @MethodSource("waysNotToTakeANotification")
    void acceptanceCase3KeepsBackACertificateThatIntuneWasNotToldOf(ResponseDefinitionBuilder answer) {
        String challenge = server.challenge();
        TestCsr csr = device.csr("CN=untold-" + challenge.substring(0, 8).hashCode() + ",O=Acme", challenge);
        byte[] encoded = csr.encoded();
        intune.answer(TestIntune.SUCCESS, answer);
        MessageBuilder request = device.request(encoded);

        assertRefused(device.send(request));

        assertThat(server.reasonOf(request)).isEqualTo("certificate.unconfirmed");
        JsonNode kept = server.certificates().get(0);
        assertThat(kept.get("state").asText()).isEqualTo("REVOKED");
        assertThat(kept.get("revocationReason").asText()).isEqualTo("cessationOfOperation");
        assertThat(intune.requests(TestIntune.FAILURE)).isEmpty();

        // Not even when Intune is well again: the certificate is revoked.
        intune.reset();
        MessageBuilder again = device.request(encoded);
        assertRefused(device.send(again));
        assertThat(server.reasonOf(again)).isEqualTo("certificate.revoked");
        assertThat(intune.requests(TestIntune.VALIDATE)).isEmpty();
    }

    @Test
    void givesItOutNeverthelessWhereAnAdministratorSaysSo() {
        intune.answer(TestIntune.SUCCESS, aResponse().withStatus(500));
        try (ServerProcess lenient = scepgate.startPeer(settings -> settings.with(intune.settings())
                .with("scepgate.intune.require-notification", "false")
                .profile(IntuneServer.PROFILE, Map.of("ca", "test", "authenticate-by", "intune")))) {
            TestDevice there = device.at(lenient.endpoint(IntuneServer.PROFILE));

            X509CertificateHolder certificate = there.enrol(there.csr(SUBJECT, server.challenge()));

            assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
            assertThat(scepgate.operator(lenient)
                            .certificate(certificate)
                            .get("state")
                            .asText())
                    .isEqualTo("VALID");
            assertThat(lenient.log()).contains("intune.not-notified");
        }
    }

    @Test
    void acceptanceCase4FindsIntuneAgainWhereItMoved() {
        server.enrol();
        server.enrol();
        long known = intune.discoveries();
        assertThat(known).isLessThanOrEqualTo(1);

        // A new address that nobody answers at any more, and then Graph tells the right one again.
        try (TestIntune other = TestIntune.start()) {
            intune.stub(get(urlPathEqualTo(TestIntune.DISCOVERY_PATH))
                    .willReturn(TestIntune.json(TestIntune.services(other.url()))));
            // 404 at the old address has the server ask Graph, as a refused connection does.
            intune.answer(TestIntune.VALIDATE, aResponse().withStatus(404));
            server.enrol();
            assertThat(intune.discoveries()).isEqualTo(known + 1);
            assertThat(other.requests(TestIntune.VALIDATE)).hasSize(1);
            assertThat(other.requests(TestIntune.SUCCESS)).hasSize(1);
        }
        intune.reset();

        server.enrol();

        assertThat(intune.discoveries()).isEqualTo(1);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
    }

    @Test
    void givesTheSameCertificateToTheSameRequestWithoutAskingAgain() {
        byte[] csr = device.csr(SUBJECT, server.challenge()).encoded();
        X509CertificateHolder first = device.send(device.request(csr)).issued(device.signer());

        X509CertificateHolder second =
                device.send(device.request(csr).transactionId("another")).issued(device.signer());

        assertThat(second).isEqualTo(first);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void raisesAnAlarmWhereAChallengeComesBackWithAnotherKey() {
        String challenge = server.challenge();
        device.enrol(device.csr(SUBJECT, challenge));
        TestDevice thief = device.another(TestKeys.manyRsa(1).get(0));
        MessageBuilder stolen = thief.request(thief.csr(SUBJECT, challenge));

        assertRefused(thief.send(stolen));

        JsonNode step = server.operator().steps(stolen.transactionId()).get(0);
        assertThat(step.get("action").asText()).isEqualTo("challenge.reused");
        assertThat(step.get("outcome").asText()).isEqualTo("alarm");
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
    }

    @Test
    void makesOneCertificateOfOneChallengeHoweverManyAskAtOnce() {
        String challenge = server.challenge();
        List<TestDevice> devices =
                TestKeys.manyRsa(12).stream().map(device::another).toList();
        List<byte[]> messages = devices.stream()
                .map(one ->
                        one.request(one.csr("CN=intune-race,O=Acme", challenge)).build())
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(List.of(device.endpoint())).fireAndWait(messages);

        List<CertRep> read = IntStream.range(0, answers.size())
                .mapToObj(i -> devices.get(i).read(answers.get(i)))
                .toList();
        assertThat(read.stream().filter(CertRep::isSuccess)).hasSize(1);
        assertThat(server.certificates().stream()
                        .filter(one -> one.get("subject").asText().contains("intune-race")))
                .hasSize(1);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void givesOneCertificateToOneRequestThatComesManyTimesAtOnce() {
        byte[] csr =
                device.csr("CN=intune-impatient,O=Acme", server.challenge()).encoded();
        List<byte[]> messages =
                IntStream.range(0, 8).mapToObj(i -> device.request(csr).build()).toList();

        List<X509CertificateHolder> issued = new Volley(List.of(device.endpoint()))
                .fire(messages).stream()
                        .map(CompletableFuture::join)
                        .map(device::read)
                        .map(answer -> answer.issued(device.signer()))
                        .distinct()
                        .toList();

        assertThat(issued).hasSize(1);
    }

    static Stream<ResponseDefinitionBuilder> waysToBeDown() {
        return Stream.of(
                aResponse().withStatus(500),
                aResponse().withStatus(429).withHeader("Retry-After", "1"),
                TestIntune.json("<html>"),
                TestIntune.json("{}"),
                TestIntune.json(TestIntune.code("Success")).withFixedDelay(7000));
    }

    @ParameterizedTest
    @MethodSource("waysToBeDown")
    void losesNoChallengeWhileIntuneIsDown(ResponseDefinitionBuilder fault) {
        byte[] csr = device.csr(SUBJECT, server.challenge()).encoded();
        int before = server.certificates().size();
        intune.answer(TestIntune.VALIDATE, fault);

        HttpResponse<byte[]> turnedAway =
                device.endpoint().post(device.request(csr).build());

        assertThat(turnedAway.statusCode()).isEqualTo(503);
        assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();
        assertThat(new String(turnedAway.body(), StandardCharsets.UTF_8)).doesNotContain("127.0.0.1");
        assertThat(server.certificates()).hasSize(before);
        assertThat(intune.requests(TestIntune.FAILURE)).isEmpty();

        intune.reset();
        Awaitility.await()
                .untilAsserted(() -> assertThat(device.endpoint()
                                .post(device.request(csr).build())
                                .statusCode())
                        .isEqualTo(200));
        assertThat(device.send(device.request(csr)).isSuccess()).isTrue();
    }

    @Test
    void takesANewTokenWhereTheOldOneIsRefused() {
        server.enrol();
        intune.reset();
        intune.stub(post(urlPathEqualTo(TestIntune.VALIDATE))
                .withHeader("Authorization", equalTo("Bearer " + TestIntune.INTUNE_TOKEN))
                .willReturn(aResponse().withStatus(401)));
        intune.answer(
                TestIntune.TOKEN_PATH,
                TestIntune.json("{\"expires_in\":3599,\"access_token\":\"token-for-intune-2\"}"));

        server.enrol();

        assertThat(intune.requests(TestIntune.TOKEN_PATH)).hasSize(1);
        assertThat(intune.requests(TestIntune.VALIDATE))
                .extracting(call -> call.getHeader("Authorization"))
                .containsExactly("Bearer " + TestIntune.INTUNE_TOKEN, "Bearer token-for-intune-2");

        // For the tests to come.
        intune.reset();
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(403));
        device.endpoint()
                .post(device.request(device.csr(SUBJECT, server.challenge())).build());
    }

    @Test
    void answersTheDeviceThatWasCutOffWhileIntuneWasTold() {
        byte[] csr = device.csr("CN=slow-intune,O=Acme", server.challenge()).encoded();
        intune.answer(
                TestIntune.SUCCESS, TestIntune.json(TestIntune.code("Success")).withFixedDelay(1000));
        ScepEndpoint endpoint = device.endpoint();
        CompletableFuture<HttpResponse<byte[]>> first = new Volley(List.of(endpoint))
                .fire(List.of(device.request(csr).build()))
                .get(0);
        Awaitility.await().until(() -> !intune.requests(TestIntune.SUCCESS).isEmpty());

        CertRep meanwhile = device.send(device.request(csr));

        assertThat(meanwhile.issued(device.signer()))
                .isEqualTo(device.read(first.join()).issued(device.signer()));
        Optional<JsonNode> kept = server.certificates().stream()
                .filter(one -> one.get("subject").asText().contains("slow-intune"))
                .findFirst();
        assertThat(kept.orElseThrow().get("state").asText()).isEqualTo("VALID");
    }
}
