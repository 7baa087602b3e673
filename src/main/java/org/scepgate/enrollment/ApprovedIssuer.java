package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scepgate.approval.HeldContent;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.HeldRequestIssuer;
import org.scepgate.approval.Ruling;
import org.scepgate.certificate.CertificateStore;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.Lineage;
import org.scepgate.certificate.StoredCertificate;
import org.scepgate.challenge.ChallengeVerifier;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CryptoPool;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.Csr;
import org.scepgate.policy.EnrollmentPolicy;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.ExistingCertificate;
import org.scepgate.policy.NoChallenge;
import org.scepgate.policy.RenewalRequest;
import org.scepgate.policy.UnreadableCsrException;
import org.scepgate.policy.Verdict;
import org.scepgate.policy.Violation;

/** Signs what an operator approved, if the policy agrees by the profile as it is now, and whoever else has a say. */
@Singleton
class ApprovedIssuer implements HeldRequestIssuer {
    private final Profiles profiles;
    private final ChallengeVerifier verifier;
    private final CertificateStore certificates;
    private final Authorizations authorizations;
    private final CryptoPool crypto;
    private final HoldLedger ledger;

    ApprovedIssuer(
            Profiles profiles,
            ChallengeVerifier verifier,
            CertificateStore certificates,
            Authorizations authorizations,
            CryptoPool crypto,
            HoldLedger ledger) {
        this.profiles = profiles;
        this.verifier = verifier;
        this.certificates = certificates;
        this.authorizations = authorizations;
        this.crypto = crypto;
        this.ledger = ledger;
    }

    @Override
    public Uni<Boolean> issue(HeldRequest held, Ruling ruling, Caller caller) {
        ScepEndpoint endpoint = profiles.findEndpoint(held.profile())
                .orElseThrow(() -> ApiException.conflict(
                        "request-refused", "there is no profile " + held.profile() + " any more"));
        ApprovedRequest approved = ApprovedRequest.by(caller, held, ruling);
        return verdict(held)
                .chain(verdict -> signer(endpoint, held)
                        .chain(signer -> crypto.run(
                                () -> EnrollmentPolicy.approve(request(endpoint, held, signer), verdict, ruling.at()))))
                .chain(approval -> approval.fold(
                        granted -> authorize(endpoint, approved, granted.template()),
                        rejected -> refuse(approved, rejected.violations())));
    }

    private Uni<Boolean> authorize(ScepEndpoint endpoint, ApprovedRequest approved, CertificateTemplate template) {
        return authorizations
                .authorize(endpoint.profile(), () -> Applicant.of(approved.held(), approved.ruling()), template)
                .chain(authorized -> authorized
                        .approval()
                        .fold(
                                granted -> sign(endpoint, approved.held(), granted.template(), approved.ruling())
                                        .chain(issued -> ledger.recordApproved(approved.with(authorized), issued)),
                                rejected -> refuse(approved.with(authorized), rejected.violations())));
    }

    private Uni<Verdict> verdict(HeldRequest held) {
        return held.challengeId()
                .map(verifier::recall)
                .orElseGet(() -> Uni.createFrom().item(new NoChallenge()));
    }

    private Uni<Optional<ExistingCertificate>> signer(ScepEndpoint endpoint, HeldRequest held) {
        HeldContent content = held.content();
        return content.signer()
                .serial()
                .map(serial -> certificates.find(
                        endpoint.ca().current().name(), new BigInteger(serial, 16), content.spkiSha256()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(found -> found.map(StoredCertificate::existing));
    }

    /** A signer's certificate that ends while its request waits has proven enough; one that was revoked has not. */
    private static EnrollmentRequest request(
            ScepEndpoint endpoint, HeldRequest held, Optional<ExistingCertificate> signer)
            throws UnreadableCsrException {
        HeldContent content = held.content();
        EnrollmentRequest enrolment = new EnrollmentRequest(
                endpoint.responderOf(content.caKeySha256()).profile(),
                Csr.decode(content.csr()),
                content.signer().holdsKey(),
                Optional.empty());
        return new RenewalRequest(enrolment, false, signer).signedAt(held.receivedAt());
    }

    private Uni<IssuedCertificate> sign(
            ScepEndpoint endpoint, HeldRequest held, CertificateTemplate template, Ruling ruling) {
        Responder responder = endpoint.responderOf(held.content().caKeySha256());
        endpoint.requireInDate(responder, ruling.at());
        return crypto.runAdmitted(() -> responder.issuer().sign(template, ruling.at()))
                .map(certificate -> new IssuedCertificate(
                        responder.ca().id(),
                        held.profile(),
                        held.challengeId().orElse(null),
                        certificate,
                        held.content().spkiSha256(),
                        held.content().requestSha256(),
                        ruling.at(),
                        Lineage.first(held.challengeId(), template.longestValidity())));
    }

    private Uni<Boolean> refuse(ApprovedRequest approved, List<Violation> violations) {
        String rules = violations.stream().map(ApprovedIssuer::text).collect(Collectors.joining("; "));
        return ledger.recordApprovalRefused(approved, violations)
                .chain(() -> Uni.createFrom()
                        .failure(ApiException.conflict("request-refused", "it is refused now: " + rules)));
    }

    private static String text(Violation violation) {
        return "%s (expected %s, found %s)".formatted(violation.rule(), violation.expected(), violation.actual());
    }
}
