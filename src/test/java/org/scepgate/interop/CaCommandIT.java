package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.CaCommand;
import org.scepgate.testing.CertificateLint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;

/** From {@code ca init} to a certificate, with the packaged jar and OpenSSL as the CA above. */
@ExtendWith(Scepgate.Extension.class)
class CaCommandIT {
    private static final String SUBJECT = "CN=device-7,O=Acme";
    private static final String CERTIFICATE_REQUEST_AGENT = "1.3.6.1.4.1.311.20.2.1";

    private final Scepgate scepgate;
    private final CaCommand ca = new CaCommand(Map.of());

    @TempDir
    private Path folder;

    CaCommandIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    private CaCommand.Outcome run(String... arguments) {
        CaCommand.Outcome outcome = ca.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome;
    }

    private static X509Certificate certificateIn(Path keys, String name) throws Exception {
        char[] password =
                Files.readString(keys.resolve("keystore.password")).strip().toCharArray();
        KeyStore store = KeyStore.getInstance(keys.resolve(name).toFile(), password);
        X509Certificate certificate =
                (X509Certificate) store.getCertificate(store.aliases().nextElement());
        CertificateLint.accepts(new X509CertificateHolder(certificate.getEncoded()));
        return certificate;
    }

    private X509CertificateHolder enrolWith(Map<String, String> keys) {
        try (ServerProcess server =
                scepgate.startPeer(settings -> settings.with(keys).profile("made", Map.of("ca", "made")))) {
            TestDevice device = TestDevice.withRsaKey(server.endpoint("made"));
            String secret = scepgate.mdm(server).challenge("made", SUBJECT).secret();
            return device.enrol(device.csr(SUBJECT, secret));
        }
    }

    @Test
    void makesARootWithWhichTheServerEnrols() throws Exception {
        Path out = folder.resolve("root");

        CaCommand.Outcome made = run(
                "init",
                "--out",
                out + "",
                "--name",
                "made",
                "--subject",
                "CN=Made Root,O=Acme",
                "--algorithm",
                "ec384");
        CaCommand.Outcome checked = ca.run(made.settings(), "check");
        X509CertificateHolder issued = enrolWith(made.settings());

        new CertificateJudge(CertificateJudge.read(out.resolve("ca.pem"))).accepts(issued, folder);
        assertThat(checked.exitCode()).as(checked.output()).isZero();
        // Windows looks for it in an RA.
        assertThat(certificateIn(out, "ra.p12").getExtendedKeyUsage()).containsExactly(CERTIFICATE_REQUEST_AGENT);
        for (String secret : new String[] {"ca.p12", "ra.p12", "ocsp.p12", "keystore.password"}) {
            assertThat(Files.getPosixFilePermissions(out.resolve(secret)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(made.output())
                .doesNotContain(
                        Files.readString(out.resolve("keystore.password")).strip());
    }

    @Test
    void makesCertificatesThatLintersFindNoFaultIn() throws Exception {
        Path out = folder.resolve("linted");

        run("init", "--out", out + "", "--name", "linted", "--subject", "CN=Linted Root,O=Acme");

        X509CertificateHolder authority =
                new X509CertificateHolder(certificateIn(out, "ca.p12").getEncoded());
        for (String keys : new String[] {"ca.p12", "ra.p12", "ocsp.p12"}) {
            new PkiLint(folder)
                    .requireFaultless(
                            new X509CertificateHolder(certificateIn(out, keys).getEncoded()), authority);
        }
    }

    @Test
    void takesAnIntermediateThatOpensslSigned() throws Exception {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        String out = folder.resolve("sub").toString();
        openssl.run(
                folder,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "root.key",
                "-out",
                "root.pem",
                "-subj",
                "/CN=Offline Root",
                "-days",
                "99");
        run("init", "--csr", "--out", out, "--name", "made", "--subject", "CN=Made Issuing CA", "--path-length", "0");
        openssl.run(
                folder,
                "x509",
                "-req",
                "-in",
                "sub/ca.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
                "-copy_extensions",
                "copy",
                "-days",
                "90",
                "-out",
                "sub.pem");
        Path chain = folder.resolve("chain.pem");
        Files.writeString(chain, Files.readString(folder.resolve("sub.pem")));
        Files.writeString(chain, Files.readString(chain) + Files.readString(folder.resolve("root.pem")));

        CaCommand.Outcome stranger =
                ca.run("import", "--out", out, "--name", "made", "--certificates", folder.resolve("root.pem") + "");
        CaCommand.Outcome imported = run("import", "--out", out, "--name", "made", "--certificates", chain + "");
        CaCommand.Outcome checked = ca.run(imported.settings(), "check");

        assertThat(stranger.exitCode()).isEqualTo(1);
        assertThat(stranger.output()).contains("does not match its certificate");
        assertThat(checked.exitCode()).as(checked.output()).isZero();
        X509CertificateHolder issued = enrolWith(imported.settings());
        Files.write(folder.resolve("leaf.der"), issued.getEncoded());
        openssl.run(folder, "x509", "-inform", "der", "-in", "leaf.der", "-out", "leaf.pem");
        openssl.run(folder, "verify", "-CAfile", "root.pem", "-untrusted", "sub.pem", "leaf.pem");
    }

    @Test
    void tellsWhatIsWrongWithASetUp() throws Exception {
        Path out = folder.resolve("wrong");
        CaCommand.Outcome made = run("init", "--out", out + "", "--name", "made", "--subject", "CN=Made Root");
        CaCommand.Outcome other =
                run("init", "--out", folder.resolve("other") + "", "--name", "other", "--subject", "CN=Other Root");
        Map<String, String> mixed = new TreeMap<>(made.settings());
        mixed.put("scepgate.cas.made.ra-keystore", folder.resolve("other/ra.p12") + "");
        mixed.put("scepgate.cas.made.ra-password-file", other.settings().get("scepgate.cas.other.ra-password-file"));
        Files.setPosixFilePermissions(out.resolve("ocsp.p12"), PosixFilePermissions.fromString("rw-r--r--"));

        CaCommand.Outcome checked = ca.run(mixed, "check");
        CaCommand.Outcome again = ca.run("init", "--out", out + "", "--name", "made", "--subject", "CN=Made Root");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output())
                .contains("PROBLEM scepgate.cas.made.ra-keystore: its certificate is not issued by CN=Made Root")
                .contains("PROBLEM scepgate.cas.made.ocsp-keystore: ")
                .contains("chmod o-rwx")
                .contains("2 problems");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("not overwritten");
    }
}
