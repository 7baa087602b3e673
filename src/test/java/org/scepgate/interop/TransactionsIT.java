package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestSigner;

/** What an operator finds who asks why a device fails. */
@ExtendWith(Scepgate.Extension.class)
class TransactionsIT {
    // Characters of a PrintableString that mean something in a URL.
    private static final String ODD_ID = "a/b+c=d e?f:(1)";

    private final Scepgate scepgate;
    private final TestOperator operator;
    private final TestDevice device;

    TransactionsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.operator = scepgate.operator();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    @Test
    void showsWhatWasAskedAndWhyItWasRefusedAndNeverTheChallenge() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=seen-1", "seen-1.acme.example");
        String leaky = "CN=" + challenge.secret();
        MessageBuilder refused =
                device.request(device.csr(leaky, challenge.secret())).transactionId(ODD_ID);
        MessageBuilder accepted = device.request(
                        device.csr("CN=seen-1", challenge.secret()).dns("seen-1.acme.example"))
                .transactionId(ODD_ID);

        device.send(refused);
        device.send(accepted);

        List<JsonNode> steps = operator.steps(ODD_ID);
        assertThat(steps)
                .extracting(step -> step.get("action").asText())
                .containsExactly("certificate.issued", "enrollment.refused");
        assertThat(steps.toString()).doesNotContain(challenge.secret());
        JsonNode step = steps.get(1);
        JsonNode details = step.get("details");
        assertThat(step.get("reason").asText()).isEqualTo("subject.mismatch");
        assertThat(step.get("sourceAddress").asText()).isNotEmpty();
        assertThat(details.get("messageType").asText()).isEqualTo("PKCS_REQ");
        assertThat(details.get("transactionId").asText()).isEqualTo(ODD_ID);
        assertThat(details.get("userAgent").asText()).startsWith("Java-http-client");
        assertThat(details.at("/algorithms/digest").asText()).isEqualTo("SHA-256");
        assertThat(details.at("/algorithms/contentEncryption").asText()).isEqualTo("AES-128-CBC");
        assertThat(details.at("/algorithms/keyTransport/0").asText()).isEqualTo("RSA");
        assertThat(details.at("/signer/key").asText()).isEqualTo("RSA 2048");
        assertThat(details.at("/asked/subject").asText()).isEqualTo("CN=***");
        assertThat(details.at("/asked/key").asText()).isEqualTo("RSA 2048");
        assertThat(details.at("/violations/0/expected").asText()).isEqualTo("CN=seen-1");
        assertThat(details.get("challengeId").asText()).isEqualTo(challenge.id());
        assertThat(details.get("pkiStatus").asText()).isEqualTo("FAILURE");
        assertThat(details.get("failInfo").asText()).isEqualTo("BAD_REQUEST");
        assertThat(details.get("failInfoText").asText()).isNotEmpty();
        assertThat(steps.get(0).at("/details/serial").asText())
                .isEqualTo(scepgate.mdm().serialOf(challenge).orElseThrow());
        assertThat(steps.get(0).at("/details/asked/subjectAltNames").asText()).isEqualTo("dns:seen-1.acme.example");
    }

    @Test
    void showsTheAlgorithmsThatWereRefused() {
        MessageBuilder old = device.request(
                device.envelope(device.csr("CN=seen-2", "any").encoded()).cipher(ContentCipher.DES));

        device.send(old);

        JsonNode step = operator.steps(old.transactionId()).get(0);
        assertThat(step.get("reason").asText()).isEqualTo("content-cipher");
        assertThat(step.at("/details/algorithms/contentEncryption").asText()).isEqualTo("DES-CBC");
        assertThat(step.at("/details/failInfo").asText()).isEqualTo("BAD_ALG");
    }

    @Test
    void showsEveryStepOfARequestThatWaits() {
        TestDevice waiting = device.at(scepgate.endpoint(Scepgate.APPROVAL));
        MessageBuilder request = waiting.request(waiting.csr("CN=seen-3"));
        waiting.send(request);
        waiting.send(waiting.poll(request));
        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=seen-3"));
        waiting.send(waiting.poll(request));

        List<JsonNode> steps = operator.steps(request.transactionId());

        assertThat(steps)
                .extracting(step -> step.get("action").asText())
                .containsExactlyInAnyOrder(
                        "certificate.collected",
                        "certificate.issued",
                        "request.approved",
                        "request.polled",
                        "request.held");
        assertThat(steps.get(0).at("/details/messageType").asText()).isEqualTo("CERT_POLL");
        // A poll is answered by its transaction and its signer; what it asks for is not opened (ADR 0003).
        assertThat(steps.get(0).at("/details/asked").isMissingNode()).isTrue();
        assertThat(steps.get(3).at("/details/pkiStatus").asText()).isEqualTo("PENDING");
        assertThat(steps)
                .filteredOn(step -> step.get("action").asText().equals("request.approved"))
                .extracting(step -> step.get("reason").asText())
                .containsExactly("a test says so");
    }

    /** Some client may make its transactionID of its challenge, which no CertPoll, GetCert or GetCRL carries to be known by. */
    @Test
    void neverShowsAChallengeThatIsTheTransactionIdOfAPollOrAQuery() throws IOException, SQLException {
        TestDevice waiting = device.at(scepgate.endpoint(Scepgate.BOTH));
        TestDevice stranger = waiting.another(TestKeys.rsa());
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=seen-5");
        MessageBuilder request =
                waiting.request(waiting.csr("CN=seen-5", challenge.secret())).transactionId(challenge.secret());

        assertThat(waiting.send(request).pkiStatus()).isEqualTo("3");
        assertThat(waiting.send(waiting.poll(request)).pkiStatus()).isEqualTo("3");
        assertThat(stranger.send(stranger.poll(request)).failInfo()).contains("4");
        TestDevice asking = waiting.at(scepgate.endpoint(Scepgate.QUERIES));
        byte[] id = new IssuerAndSerialNumber(new X500Name("CN=x"), BigInteger.TEN).getEncoded();
        for (String type : List.of("21", "22")) {
            MessageBuilder query = asking.request(id).messageType(type).transactionId(challenge.secret());
            assertThat(asking.send(query).failInfo()).contains("4");
        }

        assertThat(Issued.in(scepgate.database()).rowsThatContain(challenge.secret()))
                .isEmpty();
        assertThat(scepgate.server().log()).doesNotContain(challenge.secret());
    }

    @Test
    void neverShowsAChallengeThatIsTheTransactionIdOfAMessageRejectedUnread() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=seen-6");
        TestCsr csr = device.csr("CN=seen-6", challenge.secret());
        MessageBuilder old = device.request(device.envelope(csr.encoded()).cipher(ContentCipher.DES));
        MessageBuilder unproven = device.request(device.csr("CN=seen-6", challenge.secret())
                .signedBy(TestKeys.rsa().getPrivate()));

        assertThat(device.send(old.transactionId(challenge.secret())).failInfo())
                .contains("0");
        assertThat(device.send(unproven.transactionId(challenge.secret())).failInfo())
                .contains("1");

        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("ISSUED");
        assertThat(Issued.in(scepgate.database()).rowsThatContain(challenge.secret()))
                .isEmpty();
        assertThat(scepgate.server().log()).doesNotContain(challenge.secret());
    }

    /** Windows and others name the throw-away certificate that they sign with as they like. */
    @Test
    void neverShowsAChallengeThatIsTheNameOfASignerWhateverOfItsMessageIsRead() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=seen-7");
        TestDevice leaky = TestDevice.withSigner(
                device.endpoint(), TestSigner.selfSigned(TestKeys.rsa(), "CN=" + challenge.secret()));
        MessageBuilder unproven = leaky.request(leaky.csr("CN=seen-7", challenge.secret())
                .signedBy(TestKeys.rsa().getPrivate()));
        MessageBuilder unreadable = leaky.request(leaky.csr("CN=seen-7", challenge.secret())
                .extension(new Extension(Extension.subjectAlternativeName, false, new byte[] {5, 0})));

        leaky.send(unproven);
        leaky.send(unreadable);
        leaky.send(leaky.poll(unproven));

        assertThat(Issued.in(scepgate.database()).rowsThatContain(challenge.secret()))
                .isEmpty();
        assertThat(scepgate.server().log()).doesNotContain(challenge.secret());
        assertThat(reasons(unreadable)).containsExactly("csr-unreadable");
        assertThat(reasons(unproven)).containsExactly("poll-unknown", "csr-signature-invalid");
        JsonNode signer = operator.steps(unproven.transactionId()).get(1).at("/details/signer");
        assertThat(signer.get("key").asText()).isEqualTo("RSA 2048");
        assertThat(signer.get("publicKeySha256").asText()).hasSize(64);
    }

    @Test
    void showsTheNamesOfACertifiedSignerWhoseMessageIsNotRead() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=seen-8");
        TestDevice certified = device.holding(device.enrol(device.csr("CN=seen-8", challenge.secret())));
        MessageBuilder old = certified.request(
                certified.envelope(certified.csr("CN=seen-8").encoded()).cipher(ContentCipher.DES));

        certified.send(old);

        assertThat(operator.steps(old.transactionId())
                        .get(0)
                        .at("/details/signer/subject")
                        .asText())
                .isEqualTo("CN=seen-8");
    }

    private List<String> reasons(MessageBuilder message) {
        return operator.steps(message.transactionId()).stream()
                .map(step -> step.get("reason").asText())
                .toList();
    }

    /** RFC 3986 section 5.2.4: a client takes them out of a path before it asks. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void findsATransactionWhoseIdNoPathCanHold(String id) {
        device.send(device.request(device.csr("CN=seen-9", "wrong")).transactionId(id));
        device.send(device.request(device.csr("CN=seen-9", "wrong")).transactionId(id));

        JsonNode newest = operator.json("/api/v1/transactions?profile=demo&limit=1&id=" + id);
        JsonNode older = operator.json(newest.get("next").asText());

        assertThat(newest.get("transactionId").asText()).isEqualTo(id);
        assertThat(newest.get("items")).hasSize(1);
        assertThat(older.get("items")).hasSize(1);
        assertThat(older.get("items")).isNotEqualTo(newest.get("items"));
    }

    @Test
    void wantsATransactionId() {
        assertThat(operator.get("/api/v1/transactions").statusCode()).isEqualTo(400);
        assertThat(operator.get("/api/v1/transactions?id=").statusCode()).isEqualTo(400);
    }

    @Test
    void pagesAndFiltersAndKnowsWhatItDoesNotKnow() {
        MessageBuilder request = device.request(device.csr("CN=seen-4", "wrong"));
        device.send(request);
        device.send(request);
        device.at(scepgate.endpoint(Scepgate.OTHER))
                .send(TestDevice.withRsaKey(scepgate.endpoint(Scepgate.OTHER))
                        .request(device.csr("CN=seen-4", "wrong"))
                        .transactionId(request.transactionId()));
        String path = "/api/v1/transactions/" + request.transactionId();

        assertThat(operator.steps(request.transactionId())).hasSize(3);
        assertThat(operator.json(path + "?profile=other").get("items")).hasSize(1);
        JsonNode first = operator.json(path + "?profile=demo&limit=1");
        JsonNode second = operator.json(first.get("next").asText());
        assertThat(first.get("items")).hasSize(1);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(operator.get(path + "?profile=nobody").statusCode()).isEqualTo(404);
        assertThat(operator.get("/api/v1/transactions/nothing").statusCode()).isEqualTo(404);
        assertThat(operator.get(path + "?limit=0").statusCode()).isEqualTo(400);
    }
}
