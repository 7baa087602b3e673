package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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

/** Debian's {@code scepclient} 2.1.0, which sends single DES and SHA-1 whatever the server announces. */
@ExtendWith(Scepgate.Extension.class)
class ScepClientIT {
    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram scepclient;

    ScepClientIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void requireProgram() {
        scepclient = SystemProgram.require("scepclient", "scep");
    }

    @Test
    void enrolsOnAProfileThatAllowsItsOldAlgorithms() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.LEGACY, "CN=scepclient-42,O=Acme");

        SystemProgram.Outcome outcome = enrol(Scepgate.LEGACY, challenge);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        X509CertificateHolder issued = CertificateJudge.read(folder.resolve("certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        // The client writes the organisation before the common name, whatever the order of its arguments.
        CertificateJudge.holdsExactly(issued, "O=Acme,CN=scepclient-42");
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    /** Where it finds a certificate of its own it sends a RenewalReq for the same key, with the same challenge. */
    @Test
    void renewsTheCertificateItHas() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.LEGACY, "CN=scepclient-42,O=Acme");
        enrol(Scepgate.LEGACY, challenge);
        X509CertificateHolder old = CertificateJudge.read(folder.resolve("certificate.pem"));

        SystemProgram.Outcome outcome = enrol(Scepgate.LEGACY, challenge);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        X509CertificateHolder renewed = CertificateJudge.read(folder.resolve("certificate.pem"));
        assertThat(Issued.in(scepgate.database()).renewalsOf(old)).containsExactly(renewed);
        new CertificateJudge(scepgate.ca().certificate()).accepts(renewed, folder);
        CertificateJudge.holdsExactly(renewed, "O=Acme,CN=scepclient-42");
    }

    @Test
    void isRefusedOnAProfileThatAllowsNone() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=scepclient-42,O=Acme");

        SystemProgram.Outcome outcome = enrol(Scepgate.DEMO, challenge);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(folder.resolve("certificate.pem")).doesNotExist();
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("ISSUED");
    }

    /** It has no CertPoll: while its request waits it sends it again every half a minute, byte for byte. */
    @Test
    void waitsForApprovalBySendingItsRequestAgain() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=scepclient-42,O=Acme");
        TestOperator operator = scepgate.operator();

        CompletableFuture<SystemProgram.Outcome> running =
                CompletableFuture.supplyAsync(() -> enrol(Scepgate.BOTH, challenge));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> operator.findPending(Scepgate.BOTH, "CN=scepclient-42,O=Acme")
                        .isPresent());
        operator.approve(operator.requirePending(Scepgate.BOTH, "CN=scepclient-42,O=Acme"));
        SystemProgram.Outcome outcome = running.join();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        X509CertificateHolder issued = CertificateJudge.read(folder.resolve("certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    private SystemProgram.Outcome enrol(String profile, TestMdm.Challenge challenge) {
        return scepclient.tryToRun(
                folder,
                "-server-url",
                scepgate.endpoint(profile).url().toString(),
                "-challenge",
                challenge.secret(),
                "-cn",
                "scepclient-42",
                "-organization",
                "Acme",
                "-ou",
                "",
                "-country",
                "",
                "-private-key",
                "key.pem",
                "-certificate",
                "certificate.pem");
    }
}
