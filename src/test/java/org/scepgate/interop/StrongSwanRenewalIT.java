package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/** strongSwan's {@code pki --scep --cert --key}, which sends a RenewalReq where the server announces Renewal. */
@ExtendWith(Scepgate.Extension.class)
class StrongSwanRenewalIT {
    private static final String HOST = "strongswan-renewal.acme.example";

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    StrongSwanRenewalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @ParameterizedTest
    @CsvSource({"demo, aes, sha256, pkcs1, 2048", "demo, aes, sha512, pss, 4096", "legacy, des3, sha384, pkcs1, 2048"})
    void renewsForANewKeyWithoutAChallenge(String profile, String cipher, String digest, String padding, int bits)
            throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, "CN=" + HOST + ",O=Acme", HOST);
        StrongSwan client = StrongSwan.require(folder, scepgate.endpoint(profile))
                .fetchCaCertificates()
                .makeKey("old-key.pem", bits)
                .makeKey("new-key.pem", bits);
        List<String> algorithms = List.of("--cipher", cipher, "--digest", digest, "--rsa-padding", padding);
        scep(client, "old.pem", algorithms, "--in", "old-key.pem", "--password", challenge.secret());

        scep(client, "new.pem", algorithms, "--in", "new-key.pem", "--cert", "old.pem", "--key", "old-key.pem");

        X509CertificateHolder old = CertificateJudge.read(folder.resolve("old.pem"));
        X509CertificateHolder renewed = CertificateJudge.read(folder.resolve("new.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(renewed, folder);
        CertificateJudge.holdsExactly(renewed, "CN=" + HOST + ",O=Acme", HOST);
        assertThat(renewed.getSubjectPublicKeyInfo()).isNotEqualTo(old.getSubjectPublicKeyInfo());
        assertThat(Issued.in(scepgate.database()).renewalsOf(old)).containsExactly(renewed);
    }

    private static void scep(StrongSwan client, String out, List<String> algorithms, String... particular) {
        String[] all = Stream.concat(algorithms.stream(), Stream.of(particular)).toArray(String[]::new);
        SystemProgram.Outcome outcome = client.scep(out, HOST, all);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }
}
