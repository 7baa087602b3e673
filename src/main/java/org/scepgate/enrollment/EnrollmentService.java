package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.challenge.ChallengeVerifier;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.policy.EnrollmentPolicy;
import org.scepgate.policy.Verdict;
import org.scepgate.scep.FailInfo;

/**
 * Answers a pkiMessage: read, verify, decide, sign, record, and only then reply.
 *
 * <p>A certificate leaves this class only after {@link EnrollmentLedger} committed its row.
 */
@Singleton
public class EnrollmentService {
    // A request that loses the race for its challenge finds it spent when it asks again, so a second turn settles it.
    private static final int TURNS = 3;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final CryptoPool crypto;
    private final ChallengeVerifier verifier;
    private final EnrollmentLedger ledger;
    private final Clock clock;
    private final PollService polls;
    private final CertReps certReps;

    EnrollmentService(
            CryptoPool crypto,
            ChallengeVerifier verifier,
            EnrollmentLedger ledger,
            Clock clock,
            PollService polls,
            CertReps certReps) {
        this.crypto = crypto;
        this.verifier = verifier;
        this.ledger = ledger;
        this.clock = clock;
        this.polls = polls;
        this.certReps = certReps;
    }

    /**
     * The CertRep (DER) to a pkiMessage; fails with {@code MalformedMessageException} if none can be addressed, and
     * with any other exception if it is our fault.
     */
    public Uni<byte[]> answer(ScepEndpoint endpoint, byte[] message, Sender sender) {
        return crypto.run(() -> Exchange.read(endpoint, sender, message))
                .chain(exchange -> exchange.received()
                        .fold(
                                enrolment -> enroll(exchange, enrolment, TURNS),
                                poll -> poll(exchange, poll),
                                rejected -> reject(exchange, rejected)));
    }

    private Uni<byte[]> enroll(Exchange exchange, Received.Enrolment enrolment, int turns) {
        if (turns == 0) {
            return Uni.createFrom()
                    .failure(new UnavailableException("a challenge changed at every turn", RETRY_AFTER_SECONDS));
        }
        return verifier.verify(enrolment.request(), enrolment.challengePassword())
                .map(verdict -> decide(enrolment, verdict))
                .chain(decision -> decision.fold(
                        issue -> issue(exchange, enrolment, issue, turns),
                        reissue -> reissue(exchange, reissue),
                        refuse -> refuse(exchange, enrolment, refuse),
                        hold -> hold(exchange, enrolment, hold, turns)));
    }

    private Decision decide(Received.Enrolment enrolment, Verdict verdict) {
        return EnrollmentPolicy.decide(enrolment.request(), verdict, clock.instant());
    }

    private Uni<byte[]> issue(Exchange exchange, Received.Enrolment enrolment, Decision.Issue issue, int turns) {
        Instant now = clock.instant();
        return crypto.run(() -> exchange.endpoint().issuer().sign(issue.template(), now))
                .map(certificate -> issued(exchange, enrolment, issue, certificate, now))
                .chain(issued -> ledger.recordIssued(exchange, issued)
                        .chain(won -> won
                                ? certReps.success(exchange, issued.certificate(), Outcome.ISSUED)
                                : enroll(exchange, enrolment, turns - 1)));
    }

    private static IssuedCertificate issued(
            Exchange exchange,
            Received.Enrolment enrolment,
            Decision.Issue issue,
            X509CertificateHolder certificate,
            Instant now) {
        Csr csr = enrolment.request().csr();
        ScepEndpoint endpoint = exchange.endpoint();
        return new IssuedCertificate(
                endpoint.ca().name(),
                endpoint.profile().name(),
                issue.challengeId(),
                certificate,
                csr.spkiSha256(),
                csr.requestSha256(),
                now);
    }

    private Uni<byte[]> reissue(Exchange exchange, Decision.Reissue reissue) {
        X509CertificateHolder certificate = StoredCertificate.read(reissue.certificate());
        return ledger.recordReissued(exchange, reissue.challengeId(), certificate, clock.instant())
                .chain(() -> certReps.success(exchange, certificate, Outcome.REISSUED));
    }

    private Uni<byte[]> refuse(Exchange exchange, Received.Enrolment enrolment, Decision.Refuse refuse) {
        // ADR 0003: what was found inside the envelope shows in the answer only to who wrote the envelope.
        boolean precise = enrolment.request().signerHoldsRequestedKey() && refuse.isAboutKeyAlgorithm();
        FailInfo failInfo = precise ? FailInfo.BAD_ALG : FailInfo.BAD_REQUEST;
        return ledger.recordRefused(exchange, enrolment.withoutChallenge(refuse), failInfo, clock.instant())
                .chain(() -> certReps.failure(exchange, failInfo));
    }

    private Uni<byte[]> hold(Exchange exchange, Received.Enrolment enrolment, Decision.Hold hold, int turns) {
        return polls.hold(exchange, enrolment, hold)
                .chain(certRep -> certRep.map(bytes -> Uni.createFrom().item(bytes))
                        .orElseGet(() -> enroll(exchange, enrolment, turns - 1)));
    }

    private Uni<byte[]> poll(Exchange exchange, Received.Poll poll) {
        return polls.poll(exchange)
                .chain(certRep -> certRep.map(bytes -> Uni.createFrom().item(bytes))
                        .orElseGet(() -> reject(exchange, poll.unknown())));
    }

    private Uni<byte[]> reject(Exchange exchange, Received.Rejected rejected) {
        // Costs what a wrong challenge costs: whether a message could be decrypted must not show in time either.
        return verifier.verifyDecoy()
                .chain(() -> ledger.recordRejected(exchange, rejected, clock.instant()))
                .chain(() -> certReps.failure(exchange, rejected.failInfo()));
    }
}
