package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/** strongSwan's {@code pki --scep --cert --key}, which sends a RenewalReq where the server announces Renewal. */
@ExtendWith(Scepgate.Extension.class)
class StrongSwanRenewalIT {
    private static final String PACKAGES =
            "strongswan-pki libstrongswan-extra-plugins libstrongswan-standard-plugins openssl";
    private static final String HOST = "strongswan-renewal.acme.example";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram pki;
    private SystemProgram openssl;

    StrongSwanRenewalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void fetchCertificatesAndMakeKeys() {
        pki = SystemProgram.require("pki", PACKAGES);
        openssl = SystemProgram.require("openssl", "openssl");
        String url = scepgate.endpoint(Scepgate.DEMO).url().toString();
        pki.run(folder, "--scepca", "--url", url, "--caout", "ca.pem", "--raout", "ra.pem", "--outform", "pem");
        openssl.run(folder, "genrsa", "-out", "old-key.pem", "2048");
        openssl.run(folder, "genrsa", "-out", "new-key.pem", "2048");
    }

    @Test
    void renewsForANewKeyWithoutAChallenge() throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + HOST + ",O=Acme", HOST);
        scep("old.pem", "--in", "old-key.pem", "--password", challenge.secret());

        scep("new.pem", "--in", "new-key.pem", "--cert", "old.pem", "--key", "old-key.pem");

        X509CertificateHolder old = CertificateJudge.read(folder.resolve("old.pem"));
        X509CertificateHolder renewed = CertificateJudge.read(folder.resolve("new.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(renewed, folder);
        CertificateJudge.holdsExactly(renewed, "CN=" + HOST + ",O=Acme", HOST);
        assertThat(renewed.getSubjectPublicKeyInfo()).isNotEqualTo(old.getSubjectPublicKeyInfo());
        assertThat(Issued.in(scepgate.database()).renewalsOf(old)).containsExactly(renewed);
    }

    /** The client writes the certificate to its standard output, so a shell puts it into a file. */
    private void scep(String out, String... particular) {
        List<String> arguments = new ArrayList<>(
                List.of("-c", "exec \"$0\" \"$@\" > " + out, pki.file().toString(), "--scep"));
        arguments.addAll(List.of("--url", scepgate.endpoint(Scepgate.DEMO).url().toString()));
        arguments.addAll(List.of("--dn", "CN=" + HOST + ", O=Acme", "--san", HOST));
        arguments.addAll(List.of("--cacert-enc", "ra.pem", "--cacert-sig", "ra.pem", "--cacert", "ca.pem"));
        arguments.addAll(List.of("--outform", "pem", "--maxpolltime", "1", "--interval", "1"));
        arguments.addAll(List.of(particular));
        SystemProgram.require("sh", "dash").run(folder, arguments.toArray(String[]::new));
    }
}
