package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.KeyTransport;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** A request with all that Windows was seen to put into one. */
@ExtendWith(Scepgate.Extension.class)
class WindowsIT {
    private static final String SUBJECT = "CN=windows.acme.example,O=Acme";
    private static final ASN1ObjectIdentifier MICROSOFT = new ASN1ObjectIdentifier("1.3.6.1.4.1.311");

    private final Scepgate scepgate;

    WindowsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void enrolsPassingOverAttributesAndTemplates() throws IOException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = TestDevice.withSigner(scepgate.endpoint(Scepgate.DEMO), signer());
        TestCsr csr = templates(attributes(device.csr(SUBJECT, challenge.secret())));

        CertRep answer =
                device.send(device.request(device.envelope(csr.encoded()).keyTransport(KeyTransport.OAEP_SHA1)));

        X509CertificateHolder issued = answer.issued(device.signer());
        CertificateJudge.holdsExactly(issued, SUBJECT);
        assertThat(issued.getExtensions().getExtensionOIDs()).noneMatch(type -> type.on(MICROSOFT));
        assertThat(answer.envelope().keyTransport()).isEqualTo(KeyTransport.OAEP_SHA1);
    }

    /** Its own signature in SHA-1, and an authorityKeyIdentifier that is critical. */
    private static TestSigner signer() throws IOException {
        Extension identifier =
                Extension.create(Extension.authorityKeyIdentifier, true, new AuthorityKeyIdentifier(new byte[20]));
        return TestSigner.of(TestKeys.rsa())
                .signature("SHA1withRSA")
                .extension(identifier)
                .build();
    }

    private static TestCsr attributes(TestCsr csr) {
        ASN1Encodable client = sequence(
                new ASN1Integer(9),
                new DERUTF8String("desktop-1.acme.example"),
                new DERUTF8String("ACME\\user"),
                new DERUTF8String("omadmclient.exe"));
        ASN1Encodable provider = sequence(
                new ASN1Integer(1),
                new DERBMPString("Microsoft Software Key Storage Provider"),
                new DERBitString(new byte[0]));
        return csr.attribute(attribute("13.2.3", new DERIA5String("10.0.22631.2")))
                .attribute(attribute("21.20", client))
                .attribute(attribute("13.2.2", provider));
    }

    private static TestCsr templates(TestCsr csr) {
        ASN1Encodable template = sequence(MICROSOFT.branch("21.8.1"), new ASN1Integer(100), new ASN1Integer(3));
        return csr.extension(MICROSOFT.branch("20.2"), false, new DERBMPString("IPSECIntermediateOffline"))
                .extension(MICROSOFT.branch("21.7"), false, template);
    }

    private static Attribute attribute(String type, ASN1Encodable value) {
        return new Attribute(MICROSOFT.branch(type), new DERSet(value));
    }

    private static ASN1Encodable sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }
}
