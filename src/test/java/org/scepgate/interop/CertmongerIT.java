package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/**
 * certmonger, in a D-Bus session of its own: it never sends a RenewalReq, renews for the same key unless told otherwise,
 * and sends the challenge it enrolled with every time.
 */
@ExtendWith(Scepgate.Extension.class)
class CertmongerIT {
    private static final String HOST = "certmonger.acme.example";
    private static final String SCRIPT = """
            set -e
            getcert add-scep-ca -s -c acme -u "$1"
            until grep -qs ca_encryption_cert cas/*; do sleep 0.2; done
            getcert request -s -c acme -I one -f "$PWD/certificate.pem" -k "$PWD/key.pem" \\
                -N "CN=$3,O=Acme" -D "$3" -L "$2" -w
            cp certificate.pem enrolled.pem
            getcert resubmit -s -I renewed -i one -w
            cp certificate.pem renewed.pem
            getcert rekey -s -i renewed -w
            """;

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    CertmongerIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void enrolsRenewsForTheSameKeyAndThenForANewOne() throws Exception {
        SystemProgram.require("getcert", "certmonger");
        SystemProgram.require("dbus-run-session", "dbus");
        for (String name : List.of("requests", "cas", "local", "tmp")) {
            Files.createDirectory(folder.resolve(name));
        }
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + HOST + ",O=Acme", HOST);
        String url = scepgate.endpoint(Scepgate.DEMO).url().toString();

        // The daemon has no options for its folders and writes into the user's own unless told by the environment.
        SystemProgram.require("env", "coreutils")
                .run(
                        folder,
                        "CERTMONGER_CONFIG_DIR=" + folder,
                        "CERTMONGER_REQUESTS_DIR=" + folder.resolve("requests"),
                        "CERTMONGER_CAS_DIR=" + folder.resolve("cas"),
                        "CERTMONGER_LOCAL_CA_DIR=" + folder.resolve("local"),
                        "CERTMONGER_TMPDIR=" + folder.resolve("tmp"),
                        "dbus-run-session",
                        "--",
                        "sh",
                        "-c",
                        SCRIPT,
                        "certmonger",
                        url,
                        challenge.secret(),
                        HOST);

        X509CertificateHolder enrolled = CertificateJudge.read(folder.resolve("enrolled.pem"));
        X509CertificateHolder renewed = CertificateJudge.read(folder.resolve("renewed.pem"));
        X509CertificateHolder rekeyed = CertificateJudge.read(folder.resolve("certificate.pem"));
        assertThat(Issued.in(scepgate.database()).renewalsOf(enrolled)).containsExactly(renewed);
        assertThat(Issued.in(scepgate.database()).renewalsOf(renewed)).containsExactly(rekeyed);
        assertThat(renewed.getSubjectPublicKeyInfo()).isEqualTo(enrolled.getSubjectPublicKeyInfo());
        assertThat(rekeyed.getSubjectPublicKeyInfo()).isNotEqualTo(enrolled.getSubjectPublicKeyInfo());
        new CertificateJudge(scepgate.ca().certificate()).accepts(rekeyed, folder);
    }
}
