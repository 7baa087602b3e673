package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** PyScep 0.0.14 at a CA without an RA: with one it encrypts to the CA all the same (clients.md 11). */
@ExtendWith(Scepgate.Extension.class)
class PyScepIT {
    private static final String PYSCEP =
            "python3-venv python3-oscrypto python3-requests python3-six, and by pip PyScep==0.0.14";
    private static final String START = """
            import pathlib, sys, time
            from scep import Client
            from scep.Client.enums import PKIStatus
            client = Client.Client(sys.argv[1])
            usage = {'digital_signature', 'key_encipherment'}
            def request(password=None):
                return Client.SigningRequest.generate_csr(cn=sys.argv[2], key_usage=usage, password=password)
            def self_signed(key):
                return Client.SigningRequest.generate_self_signed(cn=sys.argv[2], key_usage=usage, private_key=key)[0]
            def keep(name, certificates):
                pathlib.Path(name).write_bytes(certificates[0].to_pem())
            """;
    private static final String ENROL = START + """
            csr, key = request(sys.argv[3])
            answer = client.enrol(csr, self_signed(key), key)
            if answer.status == PKIStatus.FAILURE:
                sys.exit('refused ' + answer.fail_info)
            certificate = answer.certificates[0]
            keep('enrolled.pem', answer.certificates)
            renewal, new_key = request()
            keep('renewed.pem', client.enrol(renewal, certificate, key).certificates)
            keep('found.pem', client.get_cert(certificate, key, certificate.serial_number).certificates)
            pathlib.Path('found.crl').write_bytes(client.get_crl(certificate, key, certificate.serial_number).crl.to_der())
            """;
    private static final String POLL = START + """
            csr, key = request()
            identity = self_signed(key)
            answer = client.enrol(csr, identity, key)
            while answer.status == PKIStatus.PENDING:
                time.sleep(0.2)
                answer = client.poll(identity, key, identity.subject, answer.transaction_id)
            keep('polled.pem', answer.certificates)
            """;

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private SystemProgram python;

    PyScepIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeEach
    void requireProgram() {
        python = SystemProgram.require("pyscep-python", PYSCEP);
    }

    private SystemProgram.Outcome run(String script, String profile, String name, String challenge) {
        return python.tryToRun(
                folder, "-c", script, scepgate.endpoint(profile).url().toString(), name, challenge);
    }

    private X509CertificateHolder read(String file) {
        return CertificateJudge.read(folder.resolve(file));
    }

    @Test
    void enrolsRenewsAndAsksForItsCertificateAndTheCrl() throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.CA_ALONE, "CN=pyscep.acme.example");

        SystemProgram.Outcome outcome = run(ENROL, Scepgate.CA_ALONE, "pyscep.acme.example", challenge.secret());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        CertificateJudge judge = new CertificateJudge(scepgate.caAlone().certificate());
        judge.accepts(read("enrolled.pem"), folder);
        judge.accepts(read("renewed.pem"), folder);
        judge.accepts(new X509CRLHolder(Files.readAllBytes(folder.resolve("found.crl"))), folder);
        assertThat(read("found.pem")).isEqualTo(read("enrolled.pem"));
        assertThat(Issued.in(scepgate.database()).renewalsOf(read("enrolled.pem")))
                .containsExactly(read("renewed.pem"));
    }

    @Test
    void understandsARefusal() {
        SystemProgram.Outcome outcome = run(ENROL, Scepgate.CA_ALONE, "pyscep.acme.example", "wrong");

        assertThat(outcome.output().strip()).isEqualTo("refused 2");
        assertThat(folder.resolve("enrolled.pem")).doesNotExist();
    }

    @Test
    void pollsUntilItsRequestIsApproved() {
        TestOperator operator = scepgate.operator();
        String subject = "CN=pyscep-polls.acme.example";

        CompletableFuture<SystemProgram.Outcome> running = CompletableFuture.supplyAsync(
                () -> run(POLL, Scepgate.CA_ALONE_APPROVAL, "pyscep-polls.acme.example", ""));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> operator.findPending(Scepgate.CA_ALONE_APPROVAL, subject)
                        .isPresent());
        operator.approve(operator.requirePending(Scepgate.CA_ALONE_APPROVAL, subject));
        SystemProgram.Outcome outcome = running.join();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        CertificateJudge.holdsExactly(read("polled.pem"), subject);
    }
}
