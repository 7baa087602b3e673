package org.scepgate.interop;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIntune;

/** What Intune wants revoked, and what it never heard of, with two servers on one database. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntuneRevocationIT {
    private static final String PROFILE = "intune-revoked";
    private static final String SUBJECT = "CN=device-8,O=Acme";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LOCK = "select pg_advisory_lock(hashtextextended('scepgate.intune.revocations', 0))";

    private final Scepgate scepgate;
    private final TestIntune intune = TestIntune.start();
    private final ServerProcess one;
    private final ServerProcess other;
    private final TestDevice device;

    IntuneRevocationIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.one = scepgate.startPeer(this::settings);
        this.other = scepgate.startPeer(this::settings);
        this.device = TestDevice.withRsaKey(one.endpoint(PROFILE));
    }

    private ServerSettings settings(ServerSettings settings) {
        return settings.with(intune.settings())
                .with("scepgate.intune.revocation.enabled", "true")
                .with("scepgate.intune.revocation.interval", "PT1S")
                .with("scepgate.intune.revocation.batch", "3")
                .profile(PROFILE, Map.of("ca", "test", "authenticate-by", "intune"));
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        intune.close();
    }

    @BeforeEach
    void recovers() {
        intune.reset();
    }

    private X509CertificateHolder enrol() {
        return device.enrol(device.csr(SUBJECT, "challenge-" + UUID.randomUUID()));
    }

    private String serialTold(int notification) {
        return intune.bodies(TestIntune.SUCCESS)
                .get(notification)
                .get("notification")
                .get("certificateSerialNumber")
                .asText();
    }

    /** Gives these orders out once. */
    private void order(String... entries) {
        intune.stub(post(urlPathEqualTo(TestIntune.DOWNLOAD))
                .inScenario("orders")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("given")
                .willReturn(TestIntune.json("{\"value\":[" + String.join(",", entries) + "]}")));
    }

    private static String entry(String context, String serial) {
        return """
                {"requestContext":"%s","serialNumber":"%s","issuerName":"CN=x","caConfiguration":"Scepgate"}""".formatted(context, serial);
    }

    private JsonNode results(int upload) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> intune.requests(TestIntune.UPLOAD).size() > upload);
        return intune.bodies(TestIntune.UPLOAD).get(upload).get("results");
    }

    private static void assertResult(JsonNode result, String context, boolean succeeded, String errorCode) {
        assertThat(result.get("requestContext").asText()).isEqualTo(context);
        assertThat(result.get("succeeded").asBoolean()).isEqualTo(succeeded);
        assertThat(result.get("errorCode").asText()).isEqualTo(errorCode);
    }

    @Test
    void acceptanceCase5RevokesForIntuneAndSaysWhatItDidNotFind() {
        X509CertificateHolder certificate = enrol();
        order(entry("context-1", serialTold(0)), entry("context-2", "0123456789ABCDEF"));

        JsonNode results = results(0);

        assertThat(results).hasSize(2);
        assertResult(results.get(0), "context-1", true, "None");
        assertResult(results.get(1), "context-2", false, "CertificateNotFoundError");
        JsonNode shown = scepgate.operator(one).certificate(certificate);
        assertThat(shown.get("state").asText()).isEqualTo("REVOKED");
        assertThat(shown.get("revocationReason").asText()).isEqualTo("cessationOfOperation");
        assertThat(intune.requests(TestIntune.DOWNLOAD).get(0).getHeader("api-version"))
                .isEqualTo("5019-05-05");
        JsonNode asked = intune.bodies(TestIntune.DOWNLOAD).get(0).get("downloadParameters");
        assertThat(asked.get("maxRequests").asInt()).isEqualTo(3);
        assertThat(asked.get("issuerName").isNull()).isTrue();
    }

    @Test
    void tellsOfWhatWasRevokedBeforeAndOfWhatIsNoSerial() {
        X509CertificateHolder certificate = enrol();
        scepgate.operator(one).revoke(certificate, "keyCompromise");
        order(entry("context-3", serialTold(0)), entry("context-4", "not a number"));

        JsonNode results = results(0);

        assertResult(results.get(0), "context-3", false, "ConflictError");
        assertResult(results.get(1), "context-4", false, "ParameterDataInvalidError");
        assertThat(scepgate.operator(one)
                        .certificate(certificate)
                        .get("revocationReason")
                        .asText())
                .isEqualTo("keyCompromise");
    }

    @Test
    void anOddOrderKeepsNoOtherFromBeingAnswered() {
        order("{\"issuerName\":\"CN=x\"}", "{\"requestContext\":\"context-9\"}", entry("context-10", "01"));

        JsonNode results = results(0);

        assertThat(results).hasSize(2);
        assertResult(results.get(0), "context-9", false, "ParameterDataInvalidError");
        assertResult(results.get(1), "context-10", false, "CertificateNotFoundError");
    }

    @Test
    void anOrderThatComesAgainAndAgainWaitsForTheNextRun() {
        String batch =
                String.join(",", entry("context-11", "01"), entry("context-12", "02"), entry("context-13", "03"));
        intune.answer(TestIntune.DOWNLOAD, TestIntune.json("{\"value\":[" + batch + "]}"));

        results(2);

        assertThat(intune.calls())
                .contains(TestIntune.UPLOAD)
                .doesNotContainSequence(TestIntune.UPLOAD, TestIntune.DOWNLOAD, TestIntune.UPLOAD);
    }

    @Test
    void revokesNothingThatIntuneHadNoPartIn() {
        TestDevice others = TestDevice.withRsaKey(one.endpoint(Scepgate.DEMO));
        X509CertificateHolder certificate = others.enrol(others.csr(
                SUBJECT, scepgate.mdm(one).challenge(Scepgate.DEMO, SUBJECT).secret()));
        order(entry("context-5", certificate.getSerialNumber().toString(16)));

        assertResult(results(0).get(0), "context-5", false, "CertificateNotFoundError");

        assertThat(scepgate.operator(one).certificate(certificate).get("state").asText())
                .isEqualTo("VALID");
    }

    @Test
    void takesDecimalSerialNumbersAndFetchesUntilABatchIsNotFull() {
        X509CertificateHolder certificate = enrol();
        BigInteger serial = certificate.getSerialNumber();
        order(entry("context-6", serial.toString()), entry("context-7", "01"), entry("context-8", "02"));

        JsonNode results = results(0);

        String decimal = serial.toString().length() > 40 ? "None" : "CertificateNotFoundError";
        assertThat(results.get(0).get("errorCode").asText()).isEqualTo(decimal);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> intune.requests(TestIntune.DOWNLOAD).size() > 1);
    }

    @Test
    void workIsDoneByOneServerAtATime() throws SQLException {
        try (Connection holder = scepgate.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute(LOCK);
            intune.reset();
            // Both servers come by several times, and find somebody at work.
            Awaitility.await()
                    .during(Duration.ofSeconds(4))
                    .atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(intune.requests(TestIntune.DOWNLOAD)).isEmpty());
        }

        Awaitility.await()
                .atMost(SOON)
                .until(() -> !intune.requests(TestIntune.DOWNLOAD).isEmpty());
    }

    @Test
    void withdrawsWhatNeverLeftBecauseItsServerDied() throws SQLException {
        String challenge = "challenge-" + UUID.randomUUID();
        byte[] csr = device.csr("CN=left-behind,O=Acme", challenge).encoded();
        MessageBuilder request = device.request(csr);
        intune.answer(
                TestIntune.SUCCESS, TestIntune.json(TestIntune.code("Success")).withFixedDelay(60_000));
        List<CompletableFuture<?>> cut =
                List.copyOf(new Volley(List.of(device.endpoint())).fire(List.of(request.build())));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> !intune.requests(TestIntune.SUCCESS).isEmpty());
        one.kill();
        assertThat(cut.get(0)).failsWithin(SOON);
        intune.reset();
        one.restart();

        // A device that comes back gets it, now that Intune hears of it,
        X509CertificateHolder certificate = device.send(device.request(csr)).issued(device.signer());
        assertThat(intune.requests(TestIntune.VALIDATE)).isEmpty();
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
        // and one whose device stays away is withdrawn in time.
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update vouched_challenge set released_at = null where serial = decode('"
                    + Issued.serialText(certificate) + "', 'hex')");
            statement.execute("update challenge set spent_at = spent_at - interval '25 hours' where id in"
                    + " (select challenge_id from vouched_challenge where serial = decode('"
                    + Issued.serialText(certificate)
                    + "', 'hex'))");
        }
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(scepgate.operator(one)
                                .certificate(certificate)
                                .get("state")
                                .asText())
                        .isEqualTo("REVOKED"));
    }
}
