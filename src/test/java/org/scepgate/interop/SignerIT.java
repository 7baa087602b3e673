package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.sql.SQLException;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Whose key signed a message, whatever certificates travel with it (RFC 8894, 2.3). */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignerIT {
    private static final String SUBJECT = "CN=signer.acme.example,O=Acme";

    private final Scepgate scepgate;
    private final TestMdm mdm;
    private final TestDevice device;
    private final TestDevice victim;

    SignerIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        TestDevice other = device.another(TestKeys.rsa());
        this.victim = other.holding(other.enrol(other.csr(SUBJECT, challenge())));
    }

    private String challenge() {
        return mdm.challenge(Scepgate.DEMO, SUBJECT).secret();
    }

    private MessageBuilder message(TestCsr csr) {
        return MessageBuilder.pkcsReq(device.envelope(csr.encoded()).build());
    }

    private SignerInfoBuilder signature() {
        return SignerInfoBuilder.of(device.signer());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isFoundByItsIdentifierAmongOtherCertificates(boolean byKeyIdentifier) {
        SignerInfoBuilder signature = byKeyIdentifier ? signature().byKeyIdentifier() : signature();
        MessageBuilder message = message(device.csr(SUBJECT, challenge()))
                .certificate(victim.signer().certificate())
                .certificate(device.recipient())
                .certificate(
                        TestSigner.selfSigned(TestKeys.rsa(), "CN=stranger").certificate())
                .certificate(device.signer().certificate())
                .signedBy(signature);

        X509CertificateHolder issued = device.send(message).issued(device.signer());

        CertificateJudge.certifies(issued, device.keys().getPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void isNotACertificateThatOnlyTravelsAlong(String type) throws SQLException {
        MessageBuilder message = message(device.csr(SUBJECT))
                .certificate(victim.signer().certificate())
                .certificate(device.signer().certificate())
                .signedBy(signature())
                .messageType(type);

        CertRep answer = device.send(message);

        assertThat(answer.failInfo()).contains("2");
        assertThat(renewals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void isNotACertificateWhoseKeyDidNotSign(String type) throws SQLException {
        MessageBuilder message = message(device.csr(SUBJECT))
                .certificate(victim.signer().certificate())
                .signedBy(SignerInfoBuilder.of(victim.signer()).keys(device.keys()))
                .messageType(type);

        CertRep answer = device.send(message);

        assertThat(answer.failInfo()).contains("1");
        assertThat(renewals()).isEmpty();
    }

    /** Who signs with the key that the CSR asks for is told what is wrong; of another's key nothing is told (ADR 3). */
    @Test
    void renewsForNoKeyThatIsNotProven() throws SQLException {
        KeyPair unproven = TestKeys.rsa();
        TestCsr forNewKey =
                TestCsr.of(unproven).subject(SUBJECT).signedBy(device.keys().getPrivate());
        TestCsr forOldKey = victim.csr(SUBJECT).signedBy(device.keys().getPrivate());

        CertRep ofNewKey = victim.send(victim.renewal(forNewKey));
        CertRep ofOldKey = victim.send(victim.renewal(forOldKey));

        assertThat(ofNewKey.failInfo()).contains("2");
        assertThat(ofOldKey.failInfo()).contains("1");
        assertThat(renewals()).isEmpty();
    }

    private List<X509CertificateHolder> renewals() throws SQLException {
        return Issued.in(scepgate.database()).renewalsOf(victim.signer().certificate());
    }
}
