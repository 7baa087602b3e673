package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** The SID that domain controllers map a certificate by comes from the challenge, never from the device. */
@ExtendWith(Scepgate.Extension.class)
class SecurityIdentifierIT {
    private static final ASN1ObjectIdentifier SID = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2");
    private static final String SUBJECT = "CN=sid.acme.example,O=Acme";
    private static final String HOST = "sid.acme.example";
    private static final String BOUND = "S-1-5-21-1004336348-1177238915-682003330-1104";
    private static final String ADMINISTRATOR = "S-1-5-21-1004336348-1177238915-682003330-500";

    private final TestMdm mdm;
    private final TestDevice device;

    SecurityIdentifierIT(Scepgate scepgate) {
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    @Test
    void holdsTheBoundOneWhateverTheDeviceAsksFor() {
        TestMdm.Challenge challenge = mdm.challenge(wish().put("securityIdentifier", BOUND));

        X509CertificateHolder issued = device.enrol(asking(challenge, ADMINISTRATOR));

        assertThat(sidIn(issued)).isEqualTo(BOUND);
        assertThat(mdm.look(challenge).get("securityIdentifier").asText()).isEqualTo(BOUND);
    }

    @Test
    void holdsNoneWhereNoneIsBound() {
        TestMdm.Challenge challenge = mdm.challenge(wish());

        X509CertificateHolder issued = device.enrol(asking(challenge, ADMINISTRATOR));

        assertThat(issued.getExtension(SID)).isNull();
    }

    @Test
    void keepsItThroughARenewal() {
        TestMdm.Challenge challenge = mdm.challenge(wish().put("securityIdentifier", BOUND));
        TestDevice enrolled = device.holding(
                device.enrol(device.csr(SUBJECT, challenge.secret()).dns(HOST)));
        KeyPair next = TestKeys.rsa();
        TestCsr csr = TestCsr.of(next).subject(SUBJECT).dns(HOST).extension(SID, false, value(ADMINISTRATOR));

        X509CertificateHolder renewed = enrolled.send(enrolled.renewal(csr)).issued(enrolled.signer());

        assertThat(sidIn(renewed)).isEqualTo(BOUND);
    }

    @Test
    void refusesWhatIsNoSid() {
        String answer = new String(
                mdm.post(wish().put("securityIdentifier", "S-1-5-21-4294967296").toString())
                        .body(),
                StandardCharsets.UTF_8);

        assertThat(answer)
                .contains("\"status\":400", "\"code\":\"invalid-binding\"", "\"field\":\"securityIdentifier\"");
    }

    private static ObjectNode wish() {
        return TestMdm.wish(Scepgate.DEMO, SUBJECT, HOST);
    }

    private TestCsr asking(TestMdm.Challenge challenge, String sid) {
        return device.csr(SUBJECT, challenge.secret()).dns(HOST).extension(SID, false, value(sid));
    }

    private static GeneralNames value(String sid) {
        OtherName name = new OtherName(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2.1"),
                new DEROctetString(sid.getBytes(StandardCharsets.US_ASCII)));
        return new GeneralNames(new GeneralName(GeneralName.otherName, name));
    }

    private static String sidIn(X509CertificateHolder certificate) {
        Extension extension = certificate.getExtension(SID);
        assertThat(extension.isCritical()).isFalse();
        OtherName name = OtherName.getInstance(GeneralNames.getInstance(extension.getParsedValue())
                .getNames()[0]
                .getName());
        return new String(ASN1OctetString.getInstance(name.getValue()).getOctets(), StandardCharsets.US_ASCII);
    }
}
