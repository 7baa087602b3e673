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
    // No SHA-256 of a key looks like this.
    private static final String NO_KEY = "";

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

    Uni<Reply> answer(Exchange exchange, Received.Renewal renewal) {
        return Turns.take("a certificate", () -> turn(exchange, renewal));
    }

    private Uni<Optional<Reply>> turn(Exchange exchange, Received.Renewal renewal) {
        return find(exchange, renewal)
                .chain(signer ->
                        verify(exchange, renewal).chain(verdict -> decide(exchange, renewal, signer, verdict)));
    }

    /** The work of finding the signer's certificate, for a request that could not be read (ADR 0003). */
    Uni<Void> lookUpSigner(Exchange exchange) {
        return find(exchange, NO_KEY).replaceWithVoid();
    }

    private Uni<Optional<StoredCertificate>> find(Exchange exchange, Received.Renewal renewal) {
        return find(exchange, renewal.enrolment().request().csr().spkiSha256())
                .map(found -> found.filter(stored -> stored.certificate().equals(renewal.signer())));
    }

    private Uni<Optional<StoredCertificate>> find(Exchange exchange, String spkiSha256) {
        return certificates.find(
                exchange.endpoint().ca().current().name(),
                exchange.replyTo().signer().getSerialNumber(),
                spkiSha256);
    }

    private Uni<Verdict> verify(Exchange exchange, Received.Renewal renewal) {
        Received.Enrolment enrolment = renewal.enrolment();
        return verifier.verify(enrolment.request(), exchange.presented(enrolment));
    }

    private Uni<Optional<Reply>> decide(
            Exchange exchange, Received.Renewal renewal, Optional<StoredCertificate> signer, Verdict verdict) {
        RenewalRequest request = new RenewalRequest(
                renewal.enrolment().request(), renewal.renewalReq(), signer.map(StoredCertificate::existing));
        boolean isRenewal = RenewalPolicy.isRenewal(request, verdict);
        Execution.Task task = new Execution.Task(exchange, renewal.enrolment(), signer, isRenewal);
        return execution.carryOut(task, RenewalPolicy.decide(request, verdict, clock.instant()));
    }
}
