package org.scepgate.interop;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.interop.IntuneServer.PROFILE;
import static org.scepgate.interop.IntuneServer.SIDS;
import static org.scepgate.interop.IntuneServer.SUBJECT;
import static org.scepgate.interop.IntuneServer.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIntune;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** Devices with challenges of Intune, against a server that asks a stand-in for Microsoft's services. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntuneIT {
    private static final String SID = "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1004336348-1177238915-682003330-512";

    private final Scepgate scepgate;
    private final TestIntune intune;
    private final TestDevice device;
    private final IntuneServer server;

    IntuneIT(Scepgate scepgate) {
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

    @Test
    void acceptanceCase1ValidatesThenNotifies() throws IOException {
        TestCsr csr = device.csr(SUBJECT, server.challenge()).dns("device-7.acme.example");
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
        // Whole octets: .NET writes a leading zero.
        assertThat(told.get("certificateSerialNumber").asText())
                .isEqualTo(Issued.serialText(certificate).toUpperCase(Locale.ROOT));
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
            IntuneServer.assertCalledAsDocumented(intune.requests(path).get(0));
        }
        assertThat(server.operator().certificate(certificate).get("state").asText())
                .isEqualTo("VALID");
    }

    @Test
    void tellsIntuneOfWhatItCouldNotIssue() throws SQLException {
        byte[] sent = device.csr("CN=no-room,O=Acme", server.challenge()).encoded();
        database("alter table certificate add constraint no_room check (subject not like '%no-room%') not valid");
        MessageBuilder request = device.request(sent);

        HttpResponse<byte[]> failed = device.endpoint().post(request.build());
        database("alter table certificate drop constraint no_room");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(intune.requests(TestIntune.SUCCESS)).isEmpty();
        assertThat(intune.requests(TestIntune.FAILURE))
                .singleElement()
                .satisfies(IntuneServer::assertCalledAsDocumented);
        JsonNode told = intune.bodies(TestIntune.FAILURE).get(0);
        JsonNode asked = intune.bodies(TestIntune.VALIDATE).get(0).get("request");
        assertThat(told.fieldNames()).toIterable().containsExactly("notification");
        assertThat(told.get("notification").properties())
                .extracting(field -> field.getKey() + "=" + field.getValue().asText())
                .containsExactlyInAnyOrder(
                        "transactionId=" + request.transactionId(),
                        "certificateRequest=" + Base64.getEncoder().encodeToString(sent),
                        "hResult=-2147418113",
                        "errorDescription=The certification authority failed to issue the certificate.",
                        "callerInfo=Scepgate/1.0");
        assertThat(asked.get("transactionId").asText()).isEqualTo(request.transactionId());

        // Nothing was spent: once the fault is mended, the device gets its certificate, if Intune says yes again.
        assertThat(device.send(device.request(sent)).isSuccess()).isTrue();
        assertThat(intune.requests(TestIntune.FAILURE)).hasSize(1);
    }

    private void database(String statement) throws SQLException {
        try (Connection connection = scepgate.database().connect()) {
            connection.createStatement().execute(statement);
        }
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
        int before = server.certificates().size();
        intune.answer(TestIntune.VALIDATE, TestIntune.json(TestIntune.code(code)));
        MessageBuilder request = device.request(device.csr(SUBJECT, server.challenge()));

        CertRep answer = device.send(request);

        assertRefused(answer);
        assertThat(server.reasonOf(request)).isEqualTo("challenge.not-vouched");
        assertThat(server.operator().steps(request.transactionId()).toString()).contains(code);
        assertThat(intune.requests(TestIntune.SUCCESS)).isEmpty();
        assertThat(intune.requests(TestIntune.FAILURE)).isEmpty();
        assertThat(server.certificates()).hasSize(before);
    }

    @Test
    void acceptanceCase12TakesLargeChallengesByGet() {
        MessageBuilder request = device.request(device.csr(SUBJECT, server.challenge(5600)));
        byte[] message = request.build();
        assertThat(Base64.getEncoder().encodeToString(message).length()).isGreaterThan(12_000);

        CertRep answer = device.read(device.endpoint().getMessage(message));

        assertThat(answer.isSuccess()).isTrue();
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(1);
    }

    @Test
    void renewsByANewRequestThatTheOldCertificateMaySign() {
        X509CertificateHolder old = server.enrol();
        TestDevice holder = device.holding(old);

        X509CertificateHolder renewed = holder.send(holder.request(holder.csr(SUBJECT, server.challenge())))
                .issued(holder.signer());

        assertThat(renewed).isNotEqualTo(old);
        assertThat(intune.requests(TestIntune.VALIDATE)).hasSize(2);
        assertThat(intune.requests(TestIntune.SUCCESS)).hasSize(2);
    }

    @Test
    void refusesRenewalsThatIntuneDoesNotKnowOf() {
        TestDevice holder = device.holding(server.enrol());
        String caps = new String(device.endpoint().getCaCaps().body(), StandardCharsets.US_ASCII);
        intune.reset();

        CertRep renewal = holder.send(holder.renewal(holder.csr(SUBJECT, server.challenge())));
        MessageBuilder withoutChallenge = holder.request(holder.csr(SUBJECT));
        CertRep bare = holder.send(withoutChallenge);

        assertThat(caps).doesNotContain("Renewal");
        assertRefused(renewal);
        assertRefused(bare);
        assertThat(server.reasonOf(withoutChallenge)).isEqualTo("challenge.missing");
        assertThat(intune.calls()).isEmpty();
    }

    @Test
    void showsIntuneNothingThatTheProfileRefuses() {
        TestDevice weak = device.another(TestKeys.rsa(1024));

        assertThat(weak.send(weak.request(weak.csr(SUBJECT, server.challenge())))
                        .isSuccess())
                .isFalse();

        assertThat(intune.calls()).isEmpty();
    }

    @Test
    void showsIntuneNoChallengeOfItsOwn() {
        TestMdm.Challenge own = scepgate.mdm(server.process()).challenge(Scepgate.DEMO, SUBJECT);
        MessageBuilder request = device.request(device.csr(SUBJECT, own.secret()));

        assertRefused(device.send(request));

        assertThat(intune.calls()).isEmpty();
        assertThat(scepgate.mdm(server.process())
                        .post(TestMdm.wish(PROFILE, SUBJECT).toString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsTheNamesThatIntuneSaw() {
        TestCsr csr = device.csr("CN=Doe\\, Jane \\+ Co\\; x\\=y,CN=second,O=Acme", server.challenge())
                .upn("jane@acme.example")
                .email("jane@acme.example")
                .uri("ID:Microsoft Endpoint Manager:GUID:5a1d");

        X509CertificateHolder certificate = device.enrol(csr);

        assertThat(certificate.getSubject())
                .hasToString(csr.build().getSubject().toString());
        JsonNode shown = server.operator().certificate(certificate);
        assertThat(shown.toString()).contains("jane@acme.example", "GUID:5a1d");
    }

    @Test
    void believesTheAccountOfARequestOnlyWhereItsProfileDoes() {
        MessageBuilder refused =
                device.request(device.csr(SUBJECT, server.challenge()).uri(SID));
        assertRefused(device.send(refused));
        assertThat(server.reasonOf(refused)).isEqualTo("san.account-sid");
        assertThat(intune.calls()).isEmpty();

        TestDevice believed = device.at(server.process().endpoint(SIDS));
        X509CertificateHolder certificate =
                believed.enrol(believed.csr(SUBJECT, server.challenge()).uri(SID));

        assertThat(server.operator().certificate(certificate).toString()).contains(SID);
    }

    @Test
    void writesNoSecretAnywhere() {
        String challenge = server.challenge();
        device.enrol(device.csr(SUBJECT, challenge));
        intune.answer(TestIntune.VALIDATE, aResponse().withStatus(500));
        String second = server.challenge();
        MessageBuilder named =
                device.request(device.csr(SUBJECT, second)).transactionId("t-" + second.substring(0, 40));
        device.endpoint().post(named.build());
        intune.answer(TestIntune.VALIDATE, TestIntune.json(TestIntune.code("ChallengeExpired")));
        device.send(device.request(device.csr(SUBJECT, second)));

        String audit =
                new String(server.operator().get("/api/v1/audit?limit=200").body(), StandardCharsets.UTF_8);
        String metrics = server.process().managed("/q/metrics");

        for (String place : List.of(server.process().log(), audit, metrics)) {
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
}
