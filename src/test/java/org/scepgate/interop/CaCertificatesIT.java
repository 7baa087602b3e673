package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What GetCACert gives, by the switches of a profile (RFC 8894, 4.2.1). */
@ExtendWith(Scepgate.Extension.class)
class CaCertificatesIT {
    private static final String SUBJECT = "CN=layout.acme.example,O=Acme";

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    CaCertificatesIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    private List<X509CertificateHolder> given(String profile) {
        return scepgate.endpoint(profile).caCertificates().all();
    }

    @Test
    void givesTheRaFirstAndTheWholeChain() {
        TestCa ca = scepgate.intermediate();
        X509CertificateHolder root = ca.chain().get(1);

        assertThat(given(Scepgate.WITH_ROOT)).containsExactly(ca.raCertificate(), ca.certificate(), root);
    }

    @Test
    void keepsTheRootBackAndPutsTheCaFirst() {
        TestCa ca = scepgate.intermediate();

        assertThat(given(Scepgate.WITHOUT_ROOT)).containsExactly(ca.certificate(), ca.raCertificate());
    }

    @Test
    void neverKeepsBackARootThatIssues() {
        assertThat(given(Scepgate.DEMO))
                .containsExactly(scepgate.ca().raCertificate(), scepgate.ca().certificate());
    }

    @Test
    void givesTheCaAloneWhichThenTalksScep() {
        HttpResponse<byte[]> answer = scepgate.endpoint(Scepgate.CA_ALONE).get("operation=GetCACert");
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.CA_ALONE, SUBJECT);
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.CA_ALONE));

        X509CertificateHolder issued = device.enrol(device.csr(SUBJECT, challenge.secret()));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-x509-ca-cert");
        assertThat(device.recipient()).isEqualTo(scepgate.caAlone().certificate());
        new CertificateJudge(scepgate.caAlone().certificate()).accepts(issued, folder);
    }

    /** RFC 8894, 3.4: certificates and nothing else. */
    @Test
    void givesADegenerateSignedData() throws Exception {
        byte[] body =
                scepgate.endpoint(Scepgate.WITH_ROOT).get("operation=GetCACert").body();

        ContentInfo info = ContentInfo.getInstance(body);
        SignedData data = SignedData.getInstance(info.getContent());
        assertThat(info.getContentType()).isEqualTo(CMSObjectIdentifiers.signedData);
        assertThat(info.getEncoded("DER")).isEqualTo(body);
        assertThat(data.getVersion().intValueExact()).isEqualTo(1);
        assertThat(data.getDigestAlgorithms()).isEmpty();
        assertThat(data.getEncapContentInfo().getContentType()).isEqualTo(CMSObjectIdentifiers.data);
        assertThat(data.getEncapContentInfo().getContent()).isNull();
        assertThat(data.getCertificates()).hasSize(3);
        assertThat(data.getCRLs()).isNull();
        assertThat(data.getSignerInfos()).isEmpty();
    }

    @Test
    void letsTheRaTalkScepAndTheCaCertify() {
        List<X509CertificateHolder> certificates = given(Scepgate.DEMO);

        assertThat(KeyUsage.fromExtensions(certificates.get(0).getExtensions()))
                .isEqualTo(new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        assertThat(KeyUsage.fromExtensions(certificates.get(1).getExtensions()))
                .isEqualTo(new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        assertThat(KeyUsage.fromExtensions(given(Scepgate.CA_ALONE).get(0).getExtensions()))
                .isEqualTo(new KeyUsage(KeyUsage.digitalSignature
                        | KeyUsage.keyEncipherment
                        | KeyUsage.keyCertSign
                        | KeyUsage.cRLSign));
    }

    /** The CA's key decrypts nothing where there is an RA; {@link CertRepIT} shows that it signs no answer either. */
    @Test
    void readsNothingThatIsEncryptedToTheCaBehindTheRa() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        EnvelopeBuilder toTheCa = EnvelopeBuilder.of(
                        device.csr(SUBJECT, challenge.secret()).encoded())
                .to(scepgate.ca().certificate());

        CertRep answer = device.send(device.request(toTheCa));

        assertThat(answer.failInfo()).contains("2");
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("ISSUED");
    }

    @Test
    void tellsTheFingerprintOfTheCaThatItGives() throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        X509CertificateHolder ca = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO))
                .authority()
                .authority();

        String told = challenge.json().get("caFingerprintSha256").asText();

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(ca.getEncoded());
        assertThat(told.replace(":", "")).isEqualToIgnoringCase(HexFormat.of().formatHex(digest));
    }

    @Test
    void givesAPkcs7ThatOpensslReads() throws Exception {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        byte[] body =
                scepgate.endpoint(Scepgate.WITH_ROOT).get("operation=GetCACert").body();
        Files.write(folder.resolve("ca.p7b"), body);

        String listed = openssl.run(folder, "pkcs7", "-inform", "der", "-in", "ca.p7b", "-print_certs", "-noout");

        assertThat(listed).contains("CN = Scepgate Issuing CA RA", "CN = Scepgate Test Root");
    }

    @Test
    void servesNoNextCaWhereNoneIsConfigured() {
        HttpResponse<byte[]> answer = scepgate.endpoint(Scepgate.DEMO).get("operation=GetNextCACert");
        String capabilities =
                new String(scepgate.endpoint(Scepgate.DEMO).getCaCaps().body(), StandardCharsets.US_ASCII);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(capabilities).doesNotContain("GetNextCACert");
    }
}
