package org.scepgate.mdm.intune;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.challenge.Opinion;
import org.scepgate.challenge.PresentedRequest;
import org.scepgate.outbound.LoopbackClient;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.TestCryptoPool;
import org.scepgate.platform.UnavailableException;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestSigner;

class IntuneCallsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PresentedRequest REQUEST =
            new PresentedRequest("transaction", "a CSR".getBytes(StandardCharsets.US_ASCII));
    private static final X509CertificateHolder CERTIFICATE =
            TestSigner.selfSigned(TestKeys.rsa(), "CN=device").certificate();

    private final Vertx vertx = Vertx.vertx();
    private final CryptoPool crypto = TestCryptoPool.shared();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TestIntune intune = TestIntune.start();
    private final Map<String, String> settings = TestSettings.valid(intune.url());

    @BeforeEach
    void isTheTenant() {
        settings.put("scepgate.intune.tenant", TestIntune.TENANT);
    }

    @AfterEach
    void stop() {
        intune.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private IntuneAuthority authority() {
        IntuneAuthority authority = new IntuneAuthority(
                TestSettings.read(settings), LoopbackClient.on(vertx), crypto, metrics, Clock.systemUTC());
        authority.requireConfigured();
        return authority;
    }

    private static Opinion judge(IntuneAuthority authority) {
        return authority.judge(REQUEST).await().atMost(SOON);
    }

    private static Opinion confirm(IntuneAuthority authority) {
        return authority.confirm(REQUEST, CERTIFICATE).await().atMost(SOON);
    }

    private void discover(String body) {
        intune.stub(get(urlPathEqualTo(TestIntune.DISCOVERY_PATH)).willReturn(TestIntune.json(body)));
    }

    @Test
    void acceptanceCase4KeepsAddressesUntilNobodyAnswersThere() {
        IntuneAuthority authority = authority();
        judge(authority);
        judge(authority);
        assertThat(intune.discoveries()).isEqualTo(1);

        try (TestIntune elsewhere = TestIntune.start()) {
            discover(TestIntune.services(elsewhere.url()));
            intune.answer(TestIntune.VALIDATE, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

            assertThat(judge(authority).isYes()).isTrue();

            assertThat(intune.discoveries()).isEqualTo(2);
            assertThat(elsewhere.requests(TestIntune.VALIDATE)).hasSize(1);
        }
        intune.reset();

        // The other server is gone: nothing listens there.
        assertThat(judge(authority).isYes()).isTrue();

        assertThat(intune.discoveries()).isEqualTo(1);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(1);
    }

    @Test
    void asksGraphAgainAfterATimeOutButDoesNotRepeatTheCall() {
        settings.put("scepgate.intune.timeout", "PT3S");
        IntuneAuthority authority = authority();
        judge(authority);
        intune.answer(
                TestIntune.VALIDATE, TestIntune.json(TestIntune.code("Success")).withFixedDelay(10_000));

        assertThatThrownBy(() -> judge(authority)).isInstanceOf(UnavailableException.class);

        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(2);
        intune.reset();
        judge(authority);
        assertThat(intune.discoveries()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"value":[{"serviceName":"ScepRequestValidationFEService","uri":"%s/validation"}]}""", """
                {"value":[{"providerName":"scepREQUESTvalidationfeservice","uri":"%s/validation/"}]}""", """
                {"value":[{"uri":"x"},7,{"providerName":null,"serviceName":"ScepRequestValidationFEService","uri":"%s/validation"}]}"""})
    void findsTheServiceByEitherName(String list) {
        discover(list.formatted(intune.url()));

        assertThat(judge(authority()).isYes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "nonsense",
                "{\"value\":[]}",
                "{\"value\":[{\"providerName\":\"ScepRequestValidationFEService\",\"uri\":\"ftp://127.0.0.1/\"}]}",
                "{\"value\":[{\"providerName\":\"ScepRequestValidationFEService\",\"uri\":\"not a URL\"}]}"
            })
    void cannotAskWhereGraphTellsNoAddressAndAsksGraphAgain(String list) {
        discover(list);
        IntuneAuthority authority = authority();

        assertThatThrownBy(() -> judge(authority)).isInstanceOf(UnavailableException.class);

        intune.reset();
        assertThat(judge(authority).isYes()).isTrue();
    }

    @Test
    void asksGraphWithANewTokenWhereTheOldOneLacksARole() {
        intune.stub(get(urlPathEqualTo(TestIntune.DISCOVERY_PATH))
                .inScenario("roles")
                .whenScenarioStateIs("Started")
                .willSetStateTo("granted")
                .willReturn(aResponse().withStatus(403)));

        assertThat(judge(authority()).isYes()).isTrue();

        assertThat(intune.discoveries()).isEqualTo(2);
        // Two for Graph, one for Intune.
        assertThat(intune.requests(TestIntune.TOKEN_PATH)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void dropsARefusedTokenAndGivesUpAfterTheSecond(int status) {
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(status));
        IntuneAuthority authority = authority();

        assertThatThrownBy(() -> judge(authority)).isInstanceOf(UnavailableException.class);

        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(2);
        assertThat(metrics.timer("scepgate.intune.calls", "endpoint", "validate", "outcome", "unauthorized")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void comesBackWhenIntuneSays() {
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(429).withHeader("Retry-After", "77"));

        assertThatThrownBy(() -> judge(authority()))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        away -> assertThat(away.retryAfterSeconds()).isBetween(77, 78));
    }

    /** Rows: how Intune, or Entra, answers a few times in a row, and whether others are kept from asking then. */
    @ParameterizedTest
    @CsvSource({
        "validate, 400, false", "validate, 413, false", "validate, 200, false",
        "validate, 429, true", "validate, 408, true", "validate, 503, true",
        "token, 400, true", "token, 200, true"
    })
    void sparesIntuneOnlyWhereTheFaultIsNotTheRequests(String endpoint, int status, boolean spared) {
        String path = endpoint.equals("token") ? TestIntune.TOKEN_PATH : TestIntune.VALIDATE;
        intune.answer(path, aResponse().withStatus(status).withBody("<html>"));
        IntuneAuthority authority = authority();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> judge(authority)).isInstanceOf(UnavailableException.class);
        }

        assertThat(authority.connection().orElseThrow().gate().isBroken()).isEqualTo(spared);
    }

    @Test
    void tellsMicrosoftsCodeAndNothingElseOfAnAnswer() {
        intune.answer(
                TestIntune.VALIDATE,
                TestIntune.json("{\"code\":\"Odd code\\n<b>\",\"errorDescription\":\"with a secret\"}"));

        assertThat(judge(authority()).objection()).contains("Odd?code??b?");
    }

    private static ResponseDefinitionBuilder failing() {
        return aResponse().withStatus(500);
    }

    @Test
    void acceptanceCase3IsNotToldByDefault() {
        IntuneAuthority authority = authority();
        intune.answer(TestIntune.SUCCESS, failing());

        assertThat(confirm(authority).objection()).contains("http-error");
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void toleratesThatIntuneIsNotToldWhereAnAdministratorSaysSo() {
        settings.put("scepgate.intune.require-notification", "false");
        IntuneAuthority authority = authority();
        intune.answer(TestIntune.SUCCESS, failing());

        assertThat(confirm(authority).isYes()).isTrue();
        intune.answer(TestIntune.SUCCESS, TestIntune.json(TestIntune.code("ChallengeExpired")));
        assertThat(confirm(authority).isYes()).isTrue();
        // But never an answer that it did not give.
        intune.answer(TestIntune.VALIDATE, TestIntune.json(TestIntune.code("ChallengeExpired")));
        assertThat(judge(authority).isYes()).isFalse();
    }

    @Test
    void reportsAFaultAndNeverFailsAtIt() {
        IntuneAuthority authority = authority();

        authority.reportFault(REQUEST).await().atMost(SOON);
        intune.answer(TestIntune.FAILURE, failing());
        authority.reportFault(REQUEST).await().atMost(SOON);

        var told = intune.bodies(TestIntune.FAILURE).get(0).get("notification");
        assertThat(told.get("hResult").asInt()).isEqualTo(-2147418113);
        assertThat(told.get("errorDescription").asText()).isNotBlank().hasSizeLessThanOrEqualTo(255);
        assertThat(told.get("transactionId").asText()).isEqualTo("transaction");
        assertThat(told.get("callerInfo").asText()).isEqualTo("Scepgate/1.0");
        assertThat(intune.requests(TestIntune.FAILURE)).hasSize(2);
    }
}
