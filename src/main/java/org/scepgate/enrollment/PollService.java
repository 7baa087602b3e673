package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.scepgate.approval.ApprovalStore;
import org.scepgate.approval.HeldAnswer;
import org.scepgate.approval.HeldContent;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.HeldSigner;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.SubjectAltNames;
import org.scepgate.scep.FailInfo;

/**
 * Lets requests wait for a person (RFC 8894 section 4.4), and tells their devices what became of them. A device asks by
 * CertPoll or by sending its request again: either is answered the same.
 */
@Singleton
class PollService {
    private final ApprovalStore requests;
    private final HoldLedger ledger;
    private final Clock clock;
    private final Replies replies;

    PollService(ApprovalStore requests, HoldLedger ledger, Clock clock, Replies replies) {
        this.requests = requests;
        this.ledger = ledger;
        this.clock = clock;
        this.replies = replies;
    }

    /** Empty if another request was faster, and this one has to be decided on again. */
    Uni<Optional<Reply>> hold(Execution.Task task, Decision.Hold hold) {
        Exchange exchange = task.exchange();
        HeldRequest asked = heldRequest(task, hold);
        return ledger.recordHeld(exchange, asked)
                .chain(held -> held.map(found -> reply(exchange, answer(exchange, found, asked.receivedAt()))
                                .map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** Empty if no request with this transactionID was ever signed by this key (RFC 8894 section 4.4). */
    Uni<Optional<Reply>> poll(Exchange exchange) {
        return requests.find(exchange.pollKey())
                .chain(found -> found.map(held -> tell(exchange, held).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Reply> tell(Exchange exchange, HeldRequest held) {
        Instant now = now();
        HeldAnswer answer = answer(exchange, held, now);
        return ledger.recordPolled(exchange, held, now).chain(() -> reply(exchange, answer));
    }

    private static HeldAnswer answer(Exchange exchange, HeldRequest held, Instant now) {
        return held.answerAt(now, exchange.endpoint().profile().challenge().retryWindow());
    }

    private Uni<Reply> reply(Exchange exchange, HeldAnswer answer) {
        return answer.fold(
                wait -> replies.pending(exchange),
                collect -> replies.success(
                        exchange, CertificateBytes.read(collect.certificate().der()), Outcome.COLLECTED),
                refused -> replies.failure(exchange, FailInfo.BAD_REQUEST));
    }

    private HeldRequest heldRequest(Execution.Task task, Decision.Hold hold) {
        Instant now = now();
        Exchange exchange = task.exchange();
        return new HeldRequest(
                TimeOrderedId.at(now),
                exchange.endpoint().profile().name(),
                exchange.transactionId(),
                hold.challengeId(),
                content(task, hold),
                exchange.sourceAddress(),
                now,
                now.plus(exchange.endpoint().profile().approval().lifetime()),
                Optional.empty(),
                Optional.empty());
    }

    private static HeldContent content(Execution.Task task, Decision.Hold hold) {
        EnrollmentRequest request = task.enrolment().request();
        Csr csr = request.csr();
        SubjectAltNames names = hold.binding().subjectAltNames();
        return new HeldContent(
                Optional.of(task.exchange().responder().ca().id().keySha256()),
                hold.binding().subject().toString(),
                new RequestedAltNames(names.dns(), names.email(), names.uri(), names.ip(), names.upn()),
                csr.key().toString(),
                csr.encoded(),
                csr.spkiSha256(),
                csr.requestSha256(),
                new HeldSigner(
                        request.signerHoldsRequestedKey(),
                        task.signer().map(StoredCertificate::certificate).map(IssuedCertificate::serialOf)));
    }

    private Instant now() {
        // What PostgreSQL keeps of an instant.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
