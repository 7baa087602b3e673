package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.scepgate.certificate.CertificateStore;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.challenge.ChallengeVerifier;
import org.scepgate.platform.Turns;
import org.scepgate.policy.RenewalPolicy;
import org.scepgate.policy.RenewalRequest;
import org.scepgate.policy.Verdict;

/** Answers what a certificate of ours has signed (RFC 8894 sections 2.4 and 2.5). */
@Singleton
class RenewalService {
    private final CertificateStore certificates;
    private final ChallengeVerifier verifier;
    private final Execution execution;
    private final Clock clock;

    RenewalService(CertificateStore certificates, ChallengeVerifier verifier, Execution execution, Clock clock) {
        this.certificates = certificates;
        this.verifier = verifier;
        this.execution = execution;
        this.clock = clock;
    }

    Uni<byte[]> answer(Exchange exchange, Received.Renewal renewal) {
        return Turns.take("a certificate", () -> turn(exchange, renewal));
    }

    private Uni<Optional<byte[]>> turn(Exchange exchange, Received.Renewal renewal) {
        return find(exchange, renewal)
                .chain(signer ->
                        verify(exchange, renewal).chain(verdict -> decide(exchange, renewal, signer, verdict)));
    }

    private Uni<Optional<StoredCertificate>> find(Exchange exchange, Received.Renewal renewal) {
        String key = renewal.enrolment().request().csr().spkiSha256();
        return certificates
                .find(
                        exchange.endpoint().ca().current().name(),
                        renewal.signer().getSerialNumber(),
                        key)
                .map(found -> found.filter(stored -> stored.certificate().equals(renewal.signer())));
    }

    private Uni<Verdict> verify(Exchange exchange, Received.Renewal renewal) {
        Received.Enrolment enrolment = renewal.enrolment();
        return verifier.verify(enrolment.request(), exchange.presented(enrolment));
    }

    private Uni<Optional<byte[]>> decide(
            Exchange exchange, Received.Renewal renewal, Optional<StoredCertificate> signer, Verdict verdict) {
        RenewalRequest request = new RenewalRequest(
                renewal.enrolment().request(), renewal.renewalReq(), signer.map(StoredCertificate::existing));
        boolean isRenewal = RenewalPolicy.isRenewal(request, verdict);
        Execution.Task task = new Execution.Task(exchange, renewal.enrolment(), signer, isRenewal);
        return execution.carryOut(task, RenewalPolicy.decide(request, verdict, clock.instant()));
    }
}
