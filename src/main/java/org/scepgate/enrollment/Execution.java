package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.Lineage;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.scep.FailInfo;

/**
 * Does what was decided: ask who has a say, sign, record, and only then reply.
 *
 * <p>A certificate leaves this class only after {@link EnrollmentLedger} committed its row.
 */
@Singleton
class Execution {
    private final Authorizations authorizations;
    private final CryptoPool crypto;
    private final EnrollmentLedger ledger;
    private final Replies replies;
    private final PollService polls;
    private final Vouching vouching;
    private final RefusalLimit refusals;
    private final Clock clock;

    Execution(
            Authorizations authorizations,
            CryptoPool crypto,
            EnrollmentLedger ledger,
            Replies replies,
            PollService polls,
            Vouching vouching,
            RefusalLimit refusals,
            Clock clock) {
        this.authorizations = authorizations;
        this.crypto = crypto;
        this.ledger = ledger;
        this.replies = replies;
        this.polls = polls;
        this.vouching = vouching;
        this.refusals = refusals;
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

        Task with(Authorized authorized) {
            return new Task(exchange.with(authorized), enrolment, signer, renewal);
        }
    }

    /** The CertRep; empty, and nothing done, if another request was faster and it must be decided anew. */
    Uni<Optional<Reply>> carryOut(Task task, Decision decision) {
        return decision.fold(
                issue -> authorize(task, issue, issue.challengeId(), this::issue),
                reissue -> reissue(task, reissue).map(Optional::of),
                refuse -> refuse(task, refuse).map(Optional::of),
                hold -> polls.hold(task, hold),
                ask -> ask(task, ask));
    }

    /**
     * Asks the profile's endpoint, if it has one, before anything is done. Who asks for what was issued before gets it
     * without a question: {@link Decision.Reissue}.
     *
     * @param known the challenge, if there is a row of it that a refusal is noted in
     */
    private Uni<Optional<Reply>> authorize(Task task, Decision.Issue issue, Optional<UUID> known, Grant grant) {
        ScepEndpoint endpoint = task.exchange().endpoint();
        endpoint.requireInDate(task.exchange().responder(), clock.instant());
        return authorizations
                .authorize(endpoint.profile(), () -> Applicant.of(task, issue), issue.template())
                .chain(authorized -> authorized
                        .approval()
                        .fold(
                                granted -> grant.carryOut(
                                        task.with(authorized),
                                        new Decision.Issue(granted.template(), issue.challengeId())),
                                rejected -> refuse(
                                                task.with(authorized),
                                                new Decision.Refuse(known, rejected.violations(), false))
                                        .map(Optional::of)));
    }

    /** What is done once the endpoint has left something of a certificate. */
    private interface Grant {
        Uni<Optional<Reply>> carryOut(Task task, Decision.Issue issue);
    }

    private Uni<Optional<Reply>> issue(Task task, Decision.Issue issue) {
        return sign(task, issue)
                .chain(signed -> record(task, signed.issued())
                        .map(won -> won
                                ? Optional.of(replies.counted(task.exchange(), signed.answer(), outcome(task)))
                                : Optional.empty()));
    }

    /** A certificate and the answer that will carry it, neither of which anybody has seen. */
    private record Signed(IssuedCertificate issued, byte[] answer) {}

    // The answer is written before the record: once the challenge is spent, there is nothing left that could fail.
    private Uni<Signed> sign(Task task, Decision.Issue issue) {
        // Not the time of the decision: the answer of an endpoint may have taken a while.
        Instant now = clock.instant();
        Responder responder = task.exchange().responder();
        task.exchange().endpoint().requireInDate(responder, now);
        return crypto.runAdmitted(() -> {
            X509CertificateHolder certificate = responder.issuer().sign(issue.template(), now);
            byte[] answer = responder.encoder().success(task.exchange().replyTo(), certificate, List.of());
            return new Signed(issued(task, issue, certificate, now), answer);
        });
    }

    /** The profile's endpoint first: once the authority has said yes, nobody else says no. */
    private Uni<Optional<Reply>> ask(Task task, Decision.Ask ask) {
        return authorize(
                task,
                ask.granted(TimeOrderedId.at(clock.instant())),
                Optional.empty(),
                (asking, issue) -> judge(asking, ask, issue));
    }

    private Uni<Optional<Reply>> judge(Task task, Decision.Ask ask, Decision.Issue issue) {
        return vouching.judge(task)
                .chain(opinion -> opinion.objection()
                        .map(reason ->
                                refuse(task, Decision.Ask.refused(reason)).map(Optional::of))
                        .orElseGet(() -> issueVouched(task, ask, issue)));
    }

    private Uni<Optional<Reply>> issueVouched(Task task, Decision.Ask ask, Decision.Issue issue) {
        return Uni.createFrom()
                .deferred(() -> sign(task, issue))
                .chain(signed -> ledger.recordVouched(
                                task.exchange(), signed.issued(), vouching.spent(task, ask.binding(), signed.issued()))
                        .map(won -> Optional.of(signed).filter(mine -> won)))
                .onFailure()
                .call(fault -> vouching.reportFault(task, fault))
                .chain(recorded -> recorded.map(signed ->
                                leave(task, issue.challengeId(), signed).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Reply> leave(Task task, Optional<UUID> challengeId, Signed signed) {
        return release(
                task,
                challengeId,
                signed.issued().certificate(),
                () -> Uni.createFrom().item(replies.counted(task.exchange(), signed.answer(), Outcome.ISSUED)));
    }

    /** The reply, unless the authority that judged the request will not hear of the certificate. */
    private Uni<Reply> release(
            Task task, Optional<UUID> challengeId, X509CertificateHolder certificate, Supplier<Uni<Reply>> reply) {
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

    private Uni<Reply> reissue(Task task, Decision.Reissue reissue) {
        X509CertificateHolder certificate = CertificateBytes.read(reissue.certificate());
        return release(
                task,
                reissue.challengeId(),
                certificate,
                () -> ledger.recordReissued(task.exchange(), reissue.challengeId(), certificate, clock.instant())
                        .chain(() -> replies.success(task.exchange(), certificate, Outcome.REISSUED)));
    }

    private Uni<Reply> refuse(Task task, Decision.Refuse refuse) {
        // ADR 0003: what was found inside the envelope shows in the answer only to who wrote the envelope.
        boolean precise = task.enrolment().request().signerHoldsRequestedKey() && refuse.isAboutKeyAlgorithm();
        FailInfo failInfo = precise ? FailInfo.BAD_ALG : FailInfo.BAD_REQUEST;
        Supplier<Uni<Void>> record =
                () -> ledger.recordRefused(task.exchange(), task.exchange().hideIn(refuse), failInfo, clock.instant());
        return fail(task.exchange(), failInfo, refusals.count(task.exchange(), refuse, record));
    }

    /** Answers what needs no decision. */
    Uni<Reply> reject(Exchange exchange, Received.Rejected rejected) {
        Supplier<Uni<Void>> record = () -> ledger.recordRejected(exchange, rejected, clock.instant());
        return fail(exchange, rejected.failInfo(), refusals.count(exchange, rejected, record));
    }

    private Uni<Reply> fail(Exchange exchange, FailInfo failInfo, Uni<Void> recorded) {
        return recorded.onFailure(ApiException.class)
                .invoke(() -> replies.countTurnedAway(exchange))
                .chain(() -> replies.failure(exchange, failInfo));
    }
}
