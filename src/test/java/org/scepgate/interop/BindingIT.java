package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** A challenge is good for the names, the key and the profile it was made for, and a refusal does not use it up. */
@ExtendWith(Scepgate.Extension.class)
class BindingIT {
    private static final String SUBJECT = "CN=bound.acme.example,O=Acme";
    private static final String HOST = "bound.acme.example";

    private final Scepgate scepgate;
    private final TestMdm mdm;
    private final TestDevice device;

    BindingIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    @Test
    void refusesAnotherCommonName() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestCsr csr =
                device.csr("CN=another.acme.example,O=Acme", challenge.secret()).dns(HOST);

        CertRep answer = device.send(device.request(csr));

        requireRefusal(answer, challenge);
        requireViolation(challenge, "subject.mismatch", "bound.acme.example", "another.acme.example");
        enrolsAfterAll(challenge);
    }

    @Test
    void refusesAnotherAltName() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestCsr csr = device.csr(SUBJECT, challenge.secret()).dns("another.acme.example");

        CertRep answer = device.send(device.request(csr));

        requireRefusal(answer, challenge);
        requireViolation(challenge, "san.mismatch", HOST, "another.acme.example");
        enrolsAfterAll(challenge);
    }

    @Test
    void refusesOneAltNameMore() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestCsr csr = device.csr(SUBJECT, challenge.secret()).dns(HOST, "admin.acme.example");

        CertRep answer = device.send(device.request(csr));

        requireRefusal(answer, challenge);
        requireViolation(challenge, "san.mismatch", HOST, "admin.acme.example");
        enrolsAfterAll(challenge);
    }

    @Test
    void refusesAnotherKeyThanTheBoundOne() throws Exception {
        ObjectNode wish = TestMdm.wish(Scepgate.DEMO, SUBJECT, HOST);
        String bound = sha256(device.keys().getPublic().getEncoded());
        wish.put("publicKeySha256", bound);
        TestMdm.Challenge challenge = mdm.challenge(wish);
        TestDevice thief = device.another(TestKeys.rsa());

        CertRep answer =
                thief.send(thief.request(thief.csr(SUBJECT, challenge.secret()).dns(HOST)));

        requireRefusal(answer, challenge);
        requireViolation(
                challenge, "key.bound", bound, sha256(thief.keys().getPublic().getEncoded()));
        enrolsAfterAll(challenge);
    }

    @Test
    void refusesAnotherProfile() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestDevice elsewhere = device.at(scepgate.endpoint(Scepgate.OTHER));

        CertRep answer = elsewhere.send(
                elsewhere.request(elsewhere.csr(SUBJECT, challenge.secret()).dns(HOST)));

        requireRefusal(answer, challenge);
        requireViolation(challenge, "challenge.profile", Scepgate.DEMO, Scepgate.OTHER);
        enrolsAfterAll(challenge);
    }

    @Test
    void refusesAnotherKeyForASpentChallenge() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        enrolsAfterAll(challenge);
        TestDevice thief = device.another(TestKeys.rsa());

        CertRep answer =
                thief.send(thief.request(thief.csr(SUBJECT, challenge.secret()).dns(HOST)));

        assertThat(answer.failInfo()).contains("2");
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).hasSize(1);
        JsonNode attempt = mdm.look(challenge).get("failedAttempts").get(0);
        assertThat(attempt.findValuesAsText("rule")).contains("challenge.spent-other-key");
    }

    @Test
    void locksTheChallengeAfterFiveRefusals() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);

        for (int i = 0; i < 5; i++) {
            device.send(device.request(device.csr("CN=guess-" + i, challenge.secret())));
        }

        assertThat(mdm.stateOf(challenge)).isEqualTo("LOCKED");
        TestCsr proper = device.csr(SUBJECT, challenge.secret()).dns(HOST);
        assertThat(device.send(device.request(proper)).isSuccess()).isFalse();
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEmpty();
    }

    @Test
    void addsTheNamesThatASubsetRequestLeavesOut() {
        ObjectNode wish = TestMdm.wish(Scepgate.DEMO, SUBJECT, HOST).put("match", "subset");
        TestMdm.Challenge challenge = mdm.challenge(wish);

        X509CertificateHolder issued = device.enrol(device.csr("CN=bound.acme.example", challenge.secret()));

        CertificateJudge.holdsExactly(issued, SUBJECT, HOST);
    }

    @Test
    void aRetryWithAnotherTransactionGetsTheSameCertificate() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        X509CertificateHolder issued =
                device.enrol(device.csr(SUBJECT, challenge.secret()).dns(HOST));

        X509CertificateHolder again =
                device.enrol(device.csr(SUBJECT, challenge.secret()).dns(HOST));

        assertThat(again).isEqualTo(issued);
        assertThat(mdm.serialOf(challenge).map(serial -> new BigInteger(serial, 16)))
                .contains(issued.getSerialNumber());
    }

    /** RFC 8894, 5.2 lets a CA refuse that; a device that was reset keeps its name and has a new key. */
    @Test
    void enrolsTwoDevicesOfTheSameName() {
        TestDevice other = device.another(TestKeys.rsa());
        TestMdm.Challenge first = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);
        TestMdm.Challenge second = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);

        X509CertificateHolder ofFirst =
                device.enrol(device.csr(SUBJECT, first.secret()).dns(HOST));
        X509CertificateHolder ofOther =
                other.enrol(other.csr(SUBJECT, second.secret()).dns(HOST));

        assertThat(ofOther.getSubject()).isEqualTo(ofFirst.getSubject());
        assertThat(ofOther.getSerialNumber()).isNotEqualTo(ofFirst.getSerialNumber());
    }

    /** Some clients have one for all they ever ask (RFC 8894, 3.2.1.1 wants it unique). */
    @Test
    void aTransactionIdThatManyShareJoinsNothing() {
        TestDevice other = device.another(TestKeys.rsa());
        TestMdm.Challenge first = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestMdm.Challenge second = mdm.challenge(Scepgate.DEMO, "CN=other.acme.example");
        String id = "one for all";

        X509CertificateHolder ofFirst = device.send(
                        device.request(device.csr(SUBJECT, first.secret())).transactionId(id))
                .issued(device.signer());
        X509CertificateHolder ofOther = other.send(other.request(other.csr("CN=other.acme.example", second.secret()))
                        .transactionId(id))
                .issued(other.signer());

        CertificateJudge.certifies(ofFirst, device.keys().getPublic());
        CertificateJudge.certifies(ofOther, other.keys().getPublic());
        CertificateJudge.holdsExactly(ofOther, "CN=other.acme.example");
    }

    @Test
    void copiesNoExtensionOfTheRequest() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        TestCsr plain =
                device.csr(SUBJECT, mdm.challenge(Scepgate.DEMO, SUBJECT).secret());
        TestCsr asking = device.csr(SUBJECT, challenge.secret())
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.nonRepudiation | KeyUsage.dataEncipherment))
                .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage))
                .extension(unknown, true, new DERUTF8String("anything"));

        X509CertificateHolder issued = device.enrol(asking);
        X509CertificateHolder model = device.enrol(plain);

        assertThat(issued.getExtensions().getExtensionOIDs())
                .containsExactly(model.getExtensions().getExtensionOIDs())
                .doesNotContain(unknown);
        assertThat(issued.getExtension(Extension.keyUsage)).isEqualTo(model.getExtension(Extension.keyUsage));
        assertThat(issued.getExtension(Extension.extendedKeyUsage))
                .isEqualTo(model.getExtension(Extension.extendedKeyUsage));
        assertThat(KeyUsage.fromExtensions(issued.getExtensions()).hasUsages(KeyUsage.nonRepudiation))
                .isFalse();
    }

    @Test
    void aWrongAndABoundChallengeAreRefusedAlike() throws SQLException {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, HOST);

        CertRep unknown = device.send(device.request(device.csr(SUBJECT, "no-such-challenge")));
        CertRep mismatch = device.send(device.request(device.csr("CN=another", challenge.secret())));

        requireRefusal(mismatch, challenge);
        assertThat(unknown.toString()).isEqualTo(mismatch.toString());
    }

    private void requireRefusal(CertRep answer, TestMdm.Challenge challenge) throws SQLException {
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.failInfo()).contains("2");
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).isEmpty();
        assertThat(mdm.stateOf(challenge)).isEqualTo("ISSUED");
    }

    private void requireViolation(TestMdm.Challenge challenge, String rule, String expected, String actual) {
        JsonNode violations = mdm.look(challenge).get("failedAttempts").get(0).get("violations");
        assertThat(violations)
                .anySatisfy(
                        violation -> assertThat(violation.get("rule").asText()).isEqualTo(rule))
                .filteredOn(violation -> violation.get("rule").asText().equals(rule))
                .allSatisfy(violation -> {
                    assertThat(violation.get("expected").asText()).contains(expected);
                    assertThat(violation.get("actual").asText()).contains(actual);
                });
    }

    private void enrolsAfterAll(TestMdm.Challenge challenge) {
        X509CertificateHolder issued =
                device.enrol(device.csr(SUBJECT, challenge.secret()).dns(HOST));
        CertificateJudge.holdsExactly(issued, SUBJECT, HOST);
        CertificateJudge.certifies(issued, device.keys().getPublic());
        assertThat(mdm.stateOf(challenge)).isEqualTo("REDEEMED");
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
