package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

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

    private static final String WAITING = """
            set -e
            getcert add-scep-ca -s -c acme -u "$1"
            until grep -qs ca_encryption_cert cas/*; do sleep 0.2; done
            getcert request -s -c acme -I one -f "$PWD/certificate.pem" -k "$PWD/key.pem" -N "CN=$3" -D "$3"
            until [ -s certificate.pem ]; do sleep 1; getcert refresh -s -i one; done
            """;

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    CertmongerIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void requirePrograms() {
        SystemProgram.require("getcert", "certmonger");
        SystemProgram.require("dbus-run-session", "dbus");
    }

    @Test
    void enrolsRenewsForTheSameKeyAndThenForANewOne() throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + HOST + ",O=Acme", HOST);

        run(SCRIPT, Scepgate.DEMO, challenge.secret());

        X509CertificateHolder enrolled = CertificateJudge.read(folder.resolve("enrolled.pem"));
        X509CertificateHolder renewed = CertificateJudge.read(folder.resolve("renewed.pem"));
        X509CertificateHolder rekeyed = CertificateJudge.read(folder.resolve("certificate.pem"));
        assertThat(Issued.in(scepgate.database()).renewalsOf(enrolled)).containsExactly(renewed);
        assertThat(Issued.in(scepgate.database()).renewalsOf(renewed)).containsExactly(rekeyed);
        assertThat(renewed.getSubjectPublicKeyInfo()).isEqualTo(enrolled.getSubjectPublicKeyInfo());
        assertThat(rekeyed.getSubjectPublicKeyInfo()).isNotEqualTo(enrolled.getSubjectPublicKeyInfo());
        new CertificateJudge(scepgate.ca().certificate()).accepts(rekeyed, folder);
    }

    /** It asks again with the message it has, and every time with a new nonce. */
    @Test
    void waitsForApproval() throws Exception {
        TestOperator operator = scepgate.operator();
        String subject = "CN=" + HOST;

        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(WAITING, Scepgate.APPROVAL, "none"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> operator.findPending(Scepgate.APPROVAL, subject).isPresent());
        operator.approve(operator.requirePending(Scepgate.APPROVAL, subject));
        running.join();

        X509CertificateHolder issued = CertificateJudge.read(folder.resolve("certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        CertificateJudge.holdsExactly(issued, subject, HOST);
    }

    // The daemon has no options for its folders and writes into the user's own unless told by the environment.
    private void run(String script, String profile, String challenge) {
        for (String name : List.of("requests", "cas", "local", "tmp")) {
            assertThat(folder.resolve(name).toFile().mkdir()).isTrue();
        }
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
                        script,
                        "certmonger",
                        scepgate.endpoint(profile).url().toString(),
                        challenge,
                        HOST);
    }
}
