package org.scepgate.enrollment;

import java.util.Optional;
import java.util.UUID;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.Ruling;
import org.scepgate.authorization.AuthorizationQuestion;
import org.scepgate.authorization.AuthorizationQuestion.Background;
import org.scepgate.authorization.AuthorizationQuestion.Kind;
import org.scepgate.authorization.AuthorizationQuestion.Request;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.challenge.Challenge;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.Csr;
import org.scepgate.policy.Decision;

/**
 * Who would get a certificate, as far as an endpoint is told that has a say in it.
 *
 * @param challengeId the one that is spent; else that of the certificate which is renewed
 */
record Applicant(
        Kind kind,
        Request request,
        Optional<UUID> challengeId,
        Optional<String> renews,
        Optional<UUID> requestId,
        Optional<String> approvedBy) {

    static Applicant of(Execution.Task task, Decision.Issue issue) {
        Exchange exchange = task.exchange();
        Csr csr = task.enrolment().request().csr();
        Optional<StoredCertificate> renewed = task.renewed();
        return new Applicant(
                renewed.isPresent() ? Kind.RENEWAL : Kind.ENROLMENT,
                new Request(
                        exchange.endpoint().profile().name(),
                        exchange.transactionId(),
                        exchange.sourceAddress(),
                        csr.encoded(),
                        csr.spkiSha256()),
                issue.challengeId()
                        .or(() -> renewed.flatMap(StoredCertificate::latestChallengeId))
                        .or(() -> renewed.flatMap(StoredCertificate::originChallengeId)),
                renewed.map(StoredCertificate::certificate).map(IssuedCertificate::serialOf),
                Optional.empty(),
                Optional.empty());
    }

    static Applicant of(HeldRequest held, Ruling ruling) {
        return new Applicant(
                Kind.APPROVED,
                new Request(
                        held.profile(),
                        held.transactionId(),
                        held.sourceAddress(),
                        held.content().csr(),
                        held.content().spkiSha256()),
                held.challengeId(),
                Optional.empty(),
                Optional.of(held.id()),
                Optional.of(ruling.by()));
    }

    AuthorizationQuestion asks(CertificateTemplate granted, Optional<Challenge> challenge) {
        Background background = new Background(
                challengeId,
                challenge.flatMap(Challenge::deviceId),
                challenge.map(Challenge::createdBy),
                renews,
                requestId,
                approvedBy);
        return new AuthorizationQuestion(kind, request, granted, background);
    }
}
