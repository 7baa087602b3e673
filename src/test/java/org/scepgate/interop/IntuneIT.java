package org.scepgate.interop;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Devices with challenges of Intune, against a server that asks a stand-in for Microsoft's services. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntuneIT {
    private static final String PROFILE = "intune";
    private static final String SIDS = "intune-sids";
    private static final String SUBJECT = "CN=device-7,OU=managed,O=Acme";
    private static final String SID = "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1004336348-1177238915-682003330-512";

    private final SecureRandom random = new SecureRandom();
    private final Scepgate scepgate;
    private final TestIntune intune = TestIntune.start();
    private final ServerProcess server;
    private final TestDevice device;

    IntuneIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.server = scepgate.startPeer(settings -> settings.with(intune.settings())
                .with("scepgate.intune.breaker.failures", "100")
                .profile(PROFILE, Map.of("ca", "test", "authenticate-by", "intune"))
                .profile(SIDS, Map.of("ca", "test", "authenticate-by", "intune", "outside.account-sids", "true")));
        this.device = TestDevice.withRsaKey(server.endpoint(PROFILE));
    }

    @AfterAll
    void stop() {
        server.close();
        intune.close();
    }

    @BeforeEach
    void recovers() {
        intune.reset();
    }

    /** As long as those of Intune, and as opaque. */
    private String challenge() {
        return challenge(3000);
    }

    private String challenge(int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private X509CertificateHolder enrol() {
        return device.enrol(device.csr(SUBJECT, challenge()));
    }

    private void assertRefused(CertRep answer) {
        assertThat(answer.pkiStatus()).isEqualTo("2");
        assertThat(answer.failInfo()).contains("2");
        assertThat(answer.failInfoText()).contains("The request was refused.");
    }

    private String reasonOf(MessageBuilder message) {
        List<JsonNode> steps = scepgate.operator(server).steps(message.transactionId());
        return steps.get(0).get("reason").asText();
    }

    private List<JsonNode> certificates(String profile) {
        JsonNode page = scepgate.operator(server).json("/api/v1/certificates?limit=200&profile=" + profile);
        return IntStream.range(0, page.get("items").size())
                .mapToObj(page.get("items")::get)
                .toList();
    }

    @Test
    void acceptanceCase1ValidatesThenNotifies() throws IOException {
        TestCsr csr = device.csr(SUBJECT, challenge()).dns("device-7.acme.example");
        byte[] sent = csr.encoded();
        MessageBuilder request = device.request(sent).transactionId("8A2F-transaction-of-case-1");

        X509CertificateHolder certificate = device.send(request).issued(device.signer());

        List<String> ofScep = intune.calls().stream()
                .filter(path -> path.startsWith("/validation"))
                .toList();
        assertThat(ofScep).containsExactly(TestIntune.VALIDATE, TestIntune.SUCCESS);
        JsonNode asked = intune.bodies(TestIntune.VALIDATE).get(0).get("request");
        assertThat(asked.get("transactionId").asText()).isEqualTo("8A2F-transaction-of-case-1");
        assertThat(Base64.getDecoder().decode(asked.get("certificateRequest").asText()))
                .isEqualTo(sent);
        assertThat(asked.get("callerInfo").asText()).isEqualTo("Scepgate/1.0");
        JsonNode told = intune.bodies(TestIntune.SUCCESS).get(0).get("notification");
        assertThat(told.get("transactionId")).isEqualTo(asked.get("transactionId"));
        assertThat(told.get("certificateRequest")).isEqualTo(asked.get("certificateRequest"));
        assertThat(told.get("certificateThumbprint").asText()).isEqualTo(sha1(certificate));
        assertThat(told.get("certificateSerialNumber").asText())
                .isEqualToIgnoringCase(certificate.getSerialNumber().toString(16));
        assertThat(Instant.parse(told.get("certificateExpirationDateUtc").asText()))
                .isEqualTo(certificate.getNotAfter().toInstant());
        assertThat(told.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "transactionId",
                        "certificateRequest",
                        "certificateThumbprint",
                        "certificateSerialNumber",
                        "certificateExpirationDateUtc",
                        "issuingCertificateAuthority",
                        "callerInfo",
                        "caConfiguration",
                        "certificateAuthority");
        for (String path : List.of(TestIntune.VALIDATE, TestIntune.SUCCESS)) {
            LoggedRequest call = intune.requests(path).get(0);
            assertThat(call.getHeader("api-version")).isEqualTo("2018-02-20");
            assertThat(call.getHeader("Authorization")).isEqualTo("Bearer " + TestIntune.INTUNE_TOKEN);
            assertThat(call.getHeader("UserAgent")).isEqualTo("Scepgate/1.0");
            assertThat(call.getHeader("client-request-id")).hasSize(36);
        }
        assertThat(scepgate.operator(server)
                        .certificate(certificate)
                        .get("state")
                        .asText())
                .isEqualTo("VALID");
    }

    private static String sha1(X509CertificateHolder certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ChallengeExpired", "SubjectNameMismatch", "ANewCodeOfTomorrow", "success"})
    void acceptanceCase2RefusesWhateverIsNotSuccess(String code) {
        int before = certificates(PROFILE).size();
        intune.answer(TestIntune.VALIDATE, TestIntune.json(TestIntune.code(code)));
        MessageBuilder request = device.request(device.csr(SUBJECT, challenge()));

        CertRep answer = device.send(request);

        assertRefused(answer);
        assertThat(reasonOf(request)).isEqualTo("challenge.not-vouched");
        assertThat(scepgate.operator(server).steps(request.transactionId()).toString())
                .contains(code);
        assertThat(intune.requests(TestIntune.SUCCESS)).isEmpty();
        assertThat(intune.requests(TestIntune.FAILURE)).isEmpty();
        assertThat(certificates(PROFILE)).hasSize(before);
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
        String challenge = challenge();
        TestCsr csr = device.csr("CN=untold-" + challenge.substring(0, 8).hashCode() + ",O=Acme", challenge);
        byte[] encoded = csr.encoded();
        intune.answer(TestIntune.SUCCESS, answer);
        MessageBuilder request = device.request(encoded);

        assertRefused(device.send(request));

        assertThat(reasonOf(request)).isEqualTo("certificate.unconfirmed");
        JsonNode kept = certificates(PROFILE).get(0);
        assertThat(kept.get("state").asText()).isEqualTo("REVOKED");
        assertThat(kept.get("revocationReason").asText()).isEqualTo("cessationOfOperation");
        assertThat(intune.requests(TestIntune.FAILURE)).isEmpty();

        // Not even when Intune is well again: the certificate is revoked.
        intune.reset();
        MessageBuilder again = device.request(encoded);
        assertRefused(device.send(again));
        assertThat(reasonOf(again)).isEqualTo("certificate.revoked");
        assertThat(intune.requests(TestIntune.VALIDATE)).isEmpty();
    }

    @Test
    void givesItOutNeverthelessWhereAnAdministratorSaysSo() {
        intune.answer(TestIntune.SUCCESS, aResponse().withStatus(500));
        try (ServerProcess lenient = scepgate.startPeer(settings -> settings.with(intune.settings())
                .with("scepgate.intune.require-notification", "false")
                .profile(PROFILE, Map.of("ca", "test", "authenticate-by", "intune")))) {
            TestDevice there = device.at(lenient.endpoint(PROFILE));

            X509CertificateHolder certificate = there.enrol(there.csr(SUBJECT, challenge()));

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
        enrol();
        enrol();
        long known = intune.discoveries();
        assertThat(known).isLessThanOrEqualTo(1);

        // A new address that nobody answers at any more, and then Graph tells the right one again.
        try (TestIntune other = TestIntune.start()) {
            intune.stub(get(urlPathEqualTo(TestIntune.DISCOVERY_PATH))
                    .willReturn(TestIntune.json(TestIntune.services(other.url()))));
            // 404 at the old address has the server ask Graph, as a refused connection does.
            intune.answer(TestIntune.VALIDATE, aResponse().withStatus(404));
            enrol();
            assertThat(intune.discoveries()).isEqualTo(known + 1);
            assertThat(other.requests(TestIntune.VALIDATE)).hasSize(1);
            assertThat(other.requests(TestIntune.SUCCESS)).hasSize(1);
        }
        intune.reset();

        enrol();

        assertThat(intune.discoveries()).isEqualTo(1);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
    }

    @Test
    void acceptanceCase12TakesLargeChallengesByGet() {
        MessageBuilder request = device.request(device.csr(SUBJECT, challenge(5600)));
        byte[] message = request.build();
        assertThat(Base64.getEncoder().encodeToString(message).length()).isGreaterThan(12_000);

        CertRep answer = device.read(device.endpoint().getMessage(message));

        assertThat(answer.isSuccess()).isTrue();
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void givesTheSameCertificateToTheSameRequestWithoutAskingAgain() {
        byte[] csr = device.csr(SUBJECT, challenge()).encoded();
        X509CertificateHolder first = device.send(device.request(csr)).issued(device.signer());

        X509CertificateHolder second =
                device.send(device.request(csr).transactionId("another")).issued(device.signer());

        assertThat(second).isEqualTo(first);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void raisesAnAlarmWhereAChallengeComesBackWithAnotherKey() {
        String challenge = challenge();
        device.enrol(device.csr(SUBJECT, challenge));
        TestDevice thief = device.another(TestKeys.manyRsa(1).get(0));
        MessageBuilder stolen = thief.request(thief.csr(SUBJECT, challenge));

        assertRefused(thief.send(stolen));

        JsonNode step = scepgate.operator(server).steps(stolen.transactionId()).get(0);
        assertThat(step.get("action").asText()).isEqualTo("challenge.reused");
        assertThat(step.get("outcome").asText()).isEqualTo("alarm");
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
    }

    @Test
    void makesOneCertificateOfOneChallengeHoweverManyAskAtOnce() {
        String challenge = challenge();
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
        assertThat(certificates(PROFILE).stream()
                        .filter(one -> one.get("subject").asText().contains("intune-race")))
                .hasSize(1);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void givesOneCertificateToOneRequestThatComesManyTimesAtOnce() {
        byte[] csr = device.csr("CN=intune-impatient,O=Acme", challenge()).encoded();
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
        byte[] csr = device.csr(SUBJECT, challenge()).encoded();
        int before = certificates(PROFILE).size();
        intune.answer(TestIntune.VALIDATE, fault);

        HttpResponse<byte[]> turnedAway =
                device.endpoint().post(device.request(csr).build());

        assertThat(turnedAway.statusCode()).isEqualTo(503);
        assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();
        assertThat(new String(turnedAway.body(), StandardCharsets.UTF_8)).doesNotContain("127.0.0.1");
        assertThat(certificates(PROFILE)).hasSize(before);
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
        enrol();
        intune.reset();
        intune.stub(post(urlPathEqualTo(TestIntune.VALIDATE))
                .withHeader("Authorization", equalTo("Bearer " + TestIntune.INTUNE_TOKEN))
                .willReturn(aResponse().withStatus(401)));
        intune.answer(
                TestIntune.TOKEN_PATH,
                TestIntune.json("{\"expires_in\":3599,\"access_token\":\"token-for-intune-2\"}"));

        enrol();

        assertThat(intune.requests(TestIntune.TOKEN_PATH)).hasSize(1);
        assertThat(intune.requests(TestIntune.VALIDATE))
                .extracting(call -> call.getHeader("Authorization"))
                .containsExactly("Bearer " + TestIntune.INTUNE_TOKEN, "Bearer token-for-intune-2");

        // For the tests to come.
        intune.reset();
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(403));
        device.endpoint().post(device.request(device.csr(SUBJECT, challenge())).build());
    }

    @Test
    void renewsByANewRequestThatTheOldCertificateMaySign() {
        X509CertificateHolder old = enrol();
        TestDevice holder = device.holding(old);

        X509CertificateHolder renewed =
                holder.send(holder.request(holder.csr(SUBJECT, challenge()))).issued(holder.signer());

        assertThat(renewed).isNotEqualTo(old);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(2);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(2);
    }

    @Test
    void refusesRenewalsThatIntuneDoesNotKnowOf() {
        TestDevice holder = device.holding(enrol());
        String caps = new String(device.endpoint().getCaCaps().body(), StandardCharsets.US_ASCII);
        intune.reset();

        CertRep renewal = holder.send(holder.renewal(holder.csr(SUBJECT, challenge())));
        MessageBuilder withoutChallenge = holder.request(holder.csr(SUBJECT));
        CertRep bare = holder.send(withoutChallenge);

        assertThat(caps).doesNotContain("Renewal");
        assertRefused(renewal);
        assertRefused(bare);
        assertThat(reasonOf(withoutChallenge)).isEqualTo("challenge.missing");
        assertThat(intune.calls()).isEmpty();
    }

    @Test
    void showsIntuneNothingThatTheProfileRefuses() {
        TestDevice weak = device.another(TestKeys.rsa(1024));

        assertThat(weak.send(weak.request(weak.csr(SUBJECT, challenge()))).isSuccess())
                .isFalse();

        assertThat(intune.calls()).isEmpty();
    }

    @Test
    void showsIntuneNoChallengeOfItsOwn() {
        TestMdm.Challenge own = scepgate.mdm(server).challenge(Scepgate.DEMO, SUBJECT);
        MessageBuilder request = device.request(device.csr(SUBJECT, own.secret()));

        assertRefused(device.send(request));

        assertThat(intune.calls()).isEmpty();
        assertThat(scepgate.mdm(server)
                        .post(TestMdm.wish(PROFILE, SUBJECT).toString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsTheNamesThatIntuneSaw() {
        TestCsr csr = device.csr("CN=Doe\\, Jane \\+ Co\\; x\\=y,CN=second,O=Acme", challenge())
                .upn("jane@acme.example")
                .email("jane@acme.example")
                .uri("ID:Microsoft Endpoint Manager:GUID:5a1d");

        X509CertificateHolder certificate = device.enrol(csr);

        assertThat(certificate.getSubject()).isEqualTo(csr.build().getSubject());
        JsonNode shown = scepgate.operator(server).certificate(certificate);
        assertThat(shown.toString()).contains("jane@acme.example", "GUID:5a1d");
    }

    @Test
    void believesTheAccountOfARequestOnlyWhereItsProfileDoes() {
        MessageBuilder refused = device.request(device.csr(SUBJECT, challenge()).uri(SID));
        assertRefused(device.send(refused));
        assertThat(reasonOf(refused)).isEqualTo("san.account-sid");
        assertThat(intune.calls()).isEmpty();

        TestDevice believed = device.at(server.endpoint(SIDS));
        X509CertificateHolder certificate =
                believed.enrol(believed.csr(SUBJECT, challenge()).uri(SID));

        assertThat(scepgate.operator(server).certificate(certificate).toString())
                .contains(SID);
    }

    @Test
    void writesNoSecretAnywhere() {
        String challenge = challenge();
        device.enrol(device.csr(SUBJECT, challenge));
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(500));
        String second = challenge();
        MessageBuilder named =
                device.request(device.csr(SUBJECT, second)).transactionId("t-" + second.substring(0, 40));
        device.endpoint().post(named.build());
        intune.answer(TestIntune.VALIDATE, TestIntune.json(TestIntune.code("ChallengeExpired")));
        device.send(device.request(device.csr(SUBJECT, second)));

        String audit = new String(
                scepgate.operator(server).get("/api/v1/audit?limit=200").body(), StandardCharsets.UTF_8);
        String metrics = server.managed("/q/metrics");

        for (String place : List.of(server.log(), audit, metrics)) {
            assertThat(place)
                    .doesNotContain(challenge.substring(0, 40))
                    .doesNotContain(second.substring(0, 40))
                    .doesNotContain(TestIntune.SECRET)
                    .doesNotContain(TestIntune.INTUNE_TOKEN)
                    .doesNotContain(TestIntune.GRAPH_TOKEN);
        }
        assertThat(metrics).contains("scepgate_intune_calls_seconds_count{endpoint=\"validate\",outcome=\"ok\"");
        assertThat(metrics).contains("scepgate_intune_breaker");
    }

    @Test
    void answersTheDeviceThatWasCutOffWhileIntuneWasTold() {
        byte[] csr = device.csr("CN=slow-intune,O=Acme", challenge()).encoded();
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
        Optional<JsonNode> kept = certificates(PROFILE).stream()
                .filter(one -> one.get("subject").asText().contains("slow-intune"))
                .findFirst();
        assertThat(kept.orElseThrow().get("state").asText()).isEqualTo("VALID");
    }
}
