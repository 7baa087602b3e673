package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.PackagedProgram;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** The commands of the packaged jar, as a person or a script runs them against the packaged server. */
@ExtendWith(Scepgate.Extension.class)
class DeviceCommandsIT {
    private static final String SUBJECT = "CN=device-42.acme.example,O=Acme";
    private static final String NAME = "device-42.acme.example";

    private final Scepgate scepgate;

    @TempDir
    private Path folder;

    DeviceCommandsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "ec256"})
    void enrols(String keyType) throws IOException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, NAME);
        Path secret = Files.writeString(folder.resolve("challenge"), challenge.secret() + "\n");

        SystemProgram.Outcome run = enroll(
                "--challenge-file", secret + "", "--subject", SUBJECT, "--san", "dns:" + NAME, "--key-type", keyType);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("enrolled CN=device-42.acme.example").doesNotContain(challenge.secret());
        X509CertificateHolder certificate = CertificateJudge.read(folder.resolve("out/certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(certificate, folder);
        CertificateJudge.holdsExactly(certificate, SUBJECT, NAME);
        assertThat(Files.getPosixFilePermissions(folder.resolve("out/key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void opensslAcceptsKeyAndChain() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        enroll("--challenge", challenge.secret(), "--subject", SUBJECT, "--get", "--digest", "sha-512");
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        Path out = folder.resolve("out");

        String verdict = openssl.run(out, "verify", "-CAfile", "chain.pem", "certificate.pem");
        String ofCertificate = openssl.run(out, "x509", "-in", "certificate.pem", "-noout", "-pubkey");
        String ofKey = openssl.run(out, "pkey", "-in", "key.pem", "-pubout");

        assertThat(verdict).contains("certificate.pem: OK");
        assertThat(ofKey).isEqualTo(ofCertificate);
    }

    @Test
    void renews() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, NAME);
        enroll("--challenge", challenge.secret(), "--subject", SUBJECT, "--san", "dns:" + NAME);
        Path out = folder.resolve("out");
        X509CertificateHolder before = CertificateJudge.read(out.resolve("certificate.pem"));

        SystemProgram.Outcome run =
                enroll("--renew", "--cert", out + "/certificate.pem", "--key", out + "/key.pem", "--force");

        assertThat(run.exitCode()).as(run.output()).isZero();
        X509CertificateHolder after = CertificateJudge.read(out.resolve("certificate.pem"));
        CertificateJudge.holdsExactly(after, SUBJECT, NAME);
        assertThat(after.getSubjectPublicKeyInfo()).isNotEqualTo(before.getSubjectPublicKeyInfo());
    }

    @Test
    void pollsUntilAPersonHasApproved() {
        TestOperator operator = scepgate.operator();
        CompletableFuture<SystemProgram.Outcome> polling = CompletableFuture.supplyAsync(() ->
                enrollAt(Scepgate.APPROVAL, "--subject", "CN=polling.acme.example", "--poll", "--poll-interval", "1"));

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> operator.findPending(Scepgate.APPROVAL, "CN=polling.acme.example")
                        .isPresent());
        operator.approve(operator.requirePending(Scepgate.APPROVAL, "CN=polling.acme.example"));

        SystemProgram.Outcome run = polling.join();
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(folder.resolve("out/key.pem")).exists();
    }

    @Test
    void asksAgainLaterForAnEllipticKey() {
        TestOperator operator = scepgate.operator();
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=later.acme.example");
        String[] options = {"--challenge", challenge.secret(), "--subject", "CN=later.acme.example"};

        SystemProgram.Outcome pending = enrollAt(Scepgate.BOTH, with(options, "--key-type", "ec256"));
        operator.approve(operator.requirePending(Scepgate.BOTH, "CN=later.acme.example"));
        SystemProgram.Outcome later =
                enrollAt(Scepgate.BOTH, with(options, "--key", folder.resolve("out/pending-key.pem") + ""));

        assertThat(pending.exitCode()).as(pending.output()).isEqualTo(4);
        assertThat(later.exitCode()).as(later.output()).isZero();
        assertThat(folder.resolve("out/key.pem")).exists();
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void tellsARefusal() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=another");

        SystemProgram.Outcome run = enroll("--challenge", challenge.secret(), "--subject", SUBJECT);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("refused: badRequest").doesNotContain(challenge.secret());
        assertThat(folder.resolve("out/key.pem")).doesNotExist();
    }

    @Test
    void rehearsesManyDevicesAtOnce() throws IOException {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String subject = "CN=rehearsal-" + i + ",O=Acme";
            devices.add(scepgate.mdm().challenge(Scepgate.DEMO, subject).secret() + " " + subject);
        }
        Path file = Files.write(folder.resolve("devices"), devices);
        String[] options = {"rehearse", "--url", url(Scepgate.DEMO), "--devices", file + "", "--connections", "4"};

        SystemProgram.Outcome run = run(options);
        Files.write(file, List.of(devices.get(7).replace("rehearsal-7", "rehearsal-8")));
        SystemProgram.Outcome spent = run(options);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("devices: 40 over 4 connections, 40 enrolled, 0 refused, 0 pending, 0 without");
        assertThat(spent.exitCode()).as(spent.output()).isEqualTo(1);
        assertThat(spent.output())
                .contains("1 refused", "refused CN=rehearsal-8")
                .doesNotContain(devices.get(7).split(" ")[0]);
    }

    @Test
    void theDoctorFindsNoProblemAndEnrols() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);

        SystemProgram.Outcome run =
                run("doctor", "--url", url(Scepgate.DEMO), "--challenge", challenge.secret(), "--subject", SUBJECT);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("the content type is exactly application/x-x509-ca-ra-cert")
                .contains("cipher DES: refused, and rightly so", "a device key on P-384: taken")
                .contains("issued CN=device-42.acme.example", "0 problems")
                .doesNotContain(challenge.secret());
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    @Test
    void theDoctorSeesWhatAProfileTakesOfOldAlgorithms() throws IOException {
        SystemProgram.Outcome run = run("doctor", "--json", "--url", url(Scepgate.LEGACY));

        JsonNode report = new ObjectMapper().readTree(run.output());
        assertThat(run.exitCode()).isZero();
        assertThat(report.get("findings").findValuesAsText("text"))
                .contains(
                        "digest MD5: taken, and weak",
                        "digest SHA-1: taken, and weak",
                        "cipher triple DES: taken, and weak");
    }

    private SystemProgram.Outcome enroll(String... options) {
        return enrollAt(Scepgate.DEMO, options);
    }

    private SystemProgram.Outcome enrollAt(String profile, String... options) {
        List<String> all =
                new ArrayList<>(List.of("enroll", "--url", url(profile), "--out", folder.resolve("out") + ""));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private String url(String profile) {
        return scepgate.endpoint(profile).url().toString();
    }

    private SystemProgram.Outcome run(String... arguments) {
        List<String> command = PackagedProgram.command(List.of("-Xmx256m"));
        command.addAll(List.of(arguments));
        Path program = Path.of(command.remove(0));
        return new SystemProgram(program).tryToRun(folder, command.toArray(String[]::new));
    }
}
