package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.Lineage;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.scep.FailInfo;

/**
 * Does what was decided: sign, record, and only then reply.
 *
 * <p>A certificate leaves this class only after {@link EnrollmentLedger} committed its row.
 */
@Singleton
class Execution {
    private final CryptoPool crypto;
    private final EnrollmentLedger ledger;
    private final Replies replies;
    private final PollService polls;
    private final Vouching vouching;
    private final Clock clock;

    Execution(
            CryptoPool crypto,
            EnrollmentLedger ledger,
            Replies replies,
            PollService polls,
            Vouching vouching,
            Clock clock) {
        this.crypto = crypto;
        this.ledger = ledger;
        this.replies = replies;
        this.polls = polls;
        this.vouching = vouching;
        this.clock = clock;
    }

    /**
     * What a decision was made on.
     *
     * @param signer the certificate of ours that signed the request
     * @param renewal whether a new certificate would renew the signer's
     */
    record Task(Exchange exchange, Received.Enrolment enrolment, Optional<StoredCertificate> signer, boolean renewal) {
        Optional<StoredCertificate> renewed() {
            return signer.filter(certificate -> renewal);
        }
    }

    /** The CertRep; empty, and nothing done, if another request was faster and it must be decided anew. */
    Uni<Optional<byte[]>> carryOut(Task task, Decision decision) {
        return decision.fold(
                issue -> issue(task, issue),
                reissue -> reissue(task, reissue).map(Optional::of),
                refuse -> refuse(task, refuse).map(Optional::of),
                hold -> polls.hold(task, hold),
                ask -> ask(task, ask));
    }

    private Uni<Optional<byte[]>> issue(Task task, Decision.Issue issue) {
        return sign(task, issue)
                .chain(issued -> record(task, issued)
                        .chain(won -> won
                                ? replies.success(task.exchange(), issued.certificate(), outcome(task))
                                        .map(Optional::of)
                                : Uni.createFrom().item(Optional.empty())));
    }

    private Uni<IssuedCertificate> sign(Task task, Decision.Issue issue) {
        Instant now = clock.instant();
        task.exchange().endpoint().requireInDate(task.exchange().responder(), now);
        return crypto.runAdmitted(() -> task.exchange().responder().issuer().sign(issue.template(), now))
                .map(certificate -> issued(task, issue, certificate, now));
    }

    private Uni<Optional<byte[]>> ask(Task task, Decision.Ask ask) {
        Instant now = clock.instant();
        // Before anybody is asked in vain.
        task.exchange().endpoint().requireInDate(task.exchange().responder(), now);
        return vouching.judge(task)
                .chain(opinion -> opinion.objection()
                        .map(reason ->
                                refuse(task, Decision.Ask.refused(reason)).map(Optional::of))
                        .orElseGet(() -> issueVouched(task, ask, ask.granted(TimeOrderedId.at(now)))));
    }

    private Uni<Optional<byte[]>> issueVouched(Task task, Decision.Ask ask, Decision.Issue issue) {
        return Uni.createFrom()
                .deferred(() -> sign(task, issue))
                .chain(issued -> ledger.recordVouched(
                                task.exchange(), issued, vouching.spent(task, ask.binding(), issued))
                        .map(won -> Optional.of(issued).filter(mine -> won)))
                .onFailure()
                .call(fault -> vouching.reportFault(task))
                .chain(recorded -> recorded.map(issued -> leave(task, issue.challengeId(), issued.certificate())
                                .map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<byte[]> leave(Task task, Optional<UUID> challengeId, X509CertificateHolder certificate) {
        return release(
                task, challengeId, certificate, () -> replies.success(task.exchange(), certificate, Outcome.ISSUED));
    }

    /** The reply, unless the authority that judged the request will not hear of the certificate. */
    private Uni<byte[]> release(
            Task task, Optional<UUID> challengeId, X509CertificateHolder certificate, Supplier<Uni<byte[]>> reply) {
        return vouching.release(task, challengeId, certificate)
                .chain(opinion -> opinion.objection()
                        .map(reason -> refuse(task, Decision.Ask.unconfirmed(challengeId.orElseThrow(), reason)))
                        .orElseGet(reply));
    }

    private Uni<Boolean> record(Task task, IssuedCertificate issued) {
        return task.renewed().isPresent()
                ? ledger.recordRenewed(task.exchange(), issued)
                : ledger.recordIssued(task.exchange(), issued);
    }

    private static Outcome outcome(Task task) {
        return task.renewed().isPresent() ? Outcome.RENEWED : Outcome.ISSUED;
    }

    private static IssuedCertificate issued(
            Task task, Decision.Issue issue, X509CertificateHolder certificate, Instant now) {
        Csr csr = task.enrolment().request().csr();
        IssuedCertificate issued = new IssuedCertificate(
                task.exchange().responder().ca().id(),
                task.exchange().endpoint().profile().name(),
                issue.challengeId().orElse(null),
                certificate,
                csr.spkiSha256(),
                csr.requestSha256(),
                now,
                Lineage.first(issue.challengeId(), issue.template().longestValidity()));
        return task.renewed().map(issued::renewing).orElse(issued);
    }

    private Uni<byte[]> reissue(Task task, Decision.Reissue reissue) {
        X509CertificateHolder certificate = CertificateBytes.read(reissue.certificate());
        return release(
                task,
                reissue.challengeId(),
                certificate,
                () -> ledger.recordReissued(task.exchange(), reissue.challengeId(), certificate, clock.instant())
                        .chain(() -> replies.success(task.exchange(), certificate, Outcome.REISSUED)));
    }

    private Uni<byte[]> refuse(Task task, Decision.Refuse refuse) {
        Received.Enrolment enrolment = task.enrolment();
        // ADR 0003: what was found inside the envelope shows in the answer only to who wrote the envelope.
        boolean precise = enrolment.request().signerHoldsRequestedKey() && refuse.isAboutKeyAlgorithm();
        FailInfo failInfo = precise ? FailInfo.BAD_ALG : FailInfo.BAD_REQUEST;
        return ledger.recordRefused(task.exchange(), enrolment.withoutChallenge(refuse), failInfo, clock.instant())
                .chain(() -> replies.failure(task.exchange(), failInfo));
    }

    /** Answers what needs no decision. */
    Uni<byte[]> reject(Exchange exchange, Received.Rejected rejected) {
        return ledger.recordRejected(exchange, rejected, clock.instant())
                .chain(() -> replies.failure(exchange, rejected.failInfo()));
    }
}
