package org.scepgate.device;

import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scepgate.scep.AnnouncedCapabilities;
import org.scepgate.scep.CertRep;
import org.scepgate.scep.DeviceKey;

/** Examines a server from outside, as its devices see it. */
final class Doctor {
    private static final int SAMPLES = 5;

    private final ScepClient client;
    private final Diagnosis diagnosis = new Diagnosis();

    Doctor(ScepClient client) {
        this.client = client;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    /** What a device would ask for, to see whether it gets it. */
    record Trial(String subject, List<String> alternatives, String challenge) {}

    void examine(Optional<Trial> trial) {
        try {
            AnnouncedCapabilities capabilities = new CapabilityCheck(diagnosis).judge(client.get("GetCACaps"));
            Optional<Authority> authority =
                    new CertificateCheck(diagnosis, Instant.now()).judge(client.get("GetCACert"));
            measure();
            if (authority.isPresent() && authority.get().findRecipient().isPresent()) {
                ScepServer server = new ScepServer(
                        client,
                        capabilities,
                        authority.get(),
                        authority.get().findRecipient().get());
                new AlgorithmProbes(server, diagnosis).run();
                if (trial.isPresent()) {
                    enroll(server, trial.get());
                }
            }
        } catch (CommandException e) {
            diagnosis.problem("Server", e.getMessage());
        }
    }

    private void measure() throws CommandException {
        List<Long> milliseconds = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            milliseconds.add(client.get("GetCACaps").took().toMillis());
        }
        List<Long> sorted = milliseconds.stream().sorted().toList();
        diagnosis.ok(
                "Latency",
                "GetCACaps takes " + sorted.get(SAMPLES / 2) + " ms (median of " + SAMPLES + ", slowest "
                        + sorted.get(SAMPLES - 1) + " ms)");
    }

    private void enroll(ScepServer server, Trial trial) throws CommandException {
        Optional<String> challenge = Optional.of(trial.challenge());
        RequestedNames names = RequestedNames.parse(trial.subject(), trial.alternatives());
        KeyPair keys = KeyType.RSA2048.generate();
        DeviceKey signer = new DeviceKey(keys.getPrivate(), names.selfSigned(keys));
        PkiSession session =
                PkiSession.open(server, signer, server.capabilities().algorithms(), challenge);
        Enrolment enrolment = Enrolment.of(session, names.csr(keys, challenge));
        CertRep answer = enrolment.ask();
        if (answer instanceof CertRep.Success success) {
            judge(server, enrolment.judge(success));
        } else if (answer instanceof CertRep.Failure failure) {
            diagnosis.problem(
                    "Enrolment", "refused with " + failure.failInfo().text() + "; the server's audit log says why");
        } else {
            diagnosis.note("Enrolment", "pending: somebody must approve it");
        }
    }

    private void judge(ScepServer server, Enrolment.Issued issued) {
        diagnosis.ok(
                "Enrolment",
                "issued " + issued.certificate().getSubject() + ", serial "
                        + issued.serial() + ", until "
                        + issued.certificate().getNotAfter().toInstant() + "; its key is thrown away, revoke it");
        diagnosis.require(
                server.authority().findIssuer().filter(issued.chain()::contains).isPresent(),
                "Enrolment",
                "it chains to the CA of GetCACert",
                "it was not issued by the CA that GetCACert shows");
    }
}
