package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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
