package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/** strongSwan's {@code pki --scep}, as Debian ships it. */
@ExtendWith(Scepgate.Extension.class)
class StrongSwanIT {
    private static final String PACKAGES =
            "strongswan-pki libstrongswan-extra-plugins libstrongswan-standard-plugins openssl";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram pki;
    private SystemProgram openssl;

    StrongSwanIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void requirePrograms() {
        pki = SystemProgram.require("pki", PACKAGES);
        openssl = SystemProgram.require("openssl", "openssl");
    }

    @Test
    void readsTheCertificatesOfCaAndRa() {
        fetchCaCertificates();

        assertThat(CertificateJudge.read(folder.resolve("ca.pem")))
                .isEqualTo(scepgate.ca().certificate());
        assertThat(CertificateJudge.read(folder.resolve("ra.pem")))
                .isEqualTo(scepgate.ca().raCertificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha384", "sha512"})
    void enrolsWithAChallengeOfTheApi(String digest) {
        String host = "strongswan-" + digest + ".acme.example";
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + host + ",O=Acme", host);
        fetchCaCertificates();
        openssl.run(folder, "genrsa", "-out", "key.pem", "2048");

        SystemProgram.Outcome outcome = enrol(host, challenge.secret(), digest);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        X509CertificateHolder issued = CertificateJudge.read(folder.resolve("certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        CertificateJudge.holdsExactly(issued, "CN=" + host + ",O=Acme", host);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    @Test
    void isRefusedWithAWrongChallenge() {
        fetchCaCertificates();
        openssl.run(folder, "genrsa", "-out", "key.pem", "2048");

        SystemProgram.Outcome outcome = enrol("strongswan-refused.acme.example", "wrong", "sha256");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("badRequest");
        assertThat(folder.resolve("certificate.pem"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).isEmptyFile());
    }

    private void fetchCaCertificates() {
        pki.run(folder, "--scepca", "--url", url(), "--caout", "ca.pem", "--raout", "ra.pem", "--outform", "pem");
    }

    /** The client writes the certificate to its standard output, so a shell puts it into a file. */
    private SystemProgram.Outcome enrol(String host, String challenge, String digest) {
        SystemProgram shell = SystemProgram.require("sh", "dash");
        String command = "exec \"$0\" \"$@\" > certificate.pem";
        return shell.tryToRun(
                folder,
                "-c",
                command,
                pki.file().toString(),
                "--scep",
                "--url",
                url(),
                "--in",
                "key.pem",
                "--dn",
                "CN=" + host + ", O=Acme",
                "--san",
                host,
                "--password",
                challenge,
                "--cacert-enc",
                "ra.pem",
                "--cacert-sig",
                "ra.pem",
                "--cacert",
                "ca.pem",
                "--digest",
                digest,
                "--outform",
                "pem",
                "--maxpolltime",
                "1",
                "--interval",
                "1");
    }

    private String url() {
        return scepgate.endpoint(Scepgate.DEMO).url().toString();
    }
}
