package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scepgate.approval.HeldContent;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.HeldRequestIssuer;
import org.scepgate.approval.Ruling;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.certificate.Lineage;
import org.scepgate.challenge.ChallengeVerifier;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.CryptoPool;
import org.scepgate.policy.Approval;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.Csr;
import org.scepgate.policy.EnrollmentPolicy;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.policy.NoChallenge;
import org.scepgate.policy.UnreadableCsrException;
import org.scepgate.policy.Verdict;
import org.scepgate.policy.Violation;

/** Signs what an operator approved, if the policy agrees by the profile as it is now. */
@Singleton
class ApprovedIssuer implements HeldRequestIssuer {
    private final Profiles profiles;
    private final ChallengeVerifier verifier;
    private final CryptoPool crypto;
    private final HoldLedger ledger;

    ApprovedIssuer(Profiles profiles, ChallengeVerifier verifier, CryptoPool crypto, HoldLedger ledger) {
        this.profiles = profiles;
        this.verifier = verifier;
        this.crypto = crypto;
        this.ledger = ledger;
    }

    @Override
    public Uni<Boolean> issue(HeldRequest held, Ruling ruling, Caller caller) {
        ScepEndpoint endpoint = profiles.findEndpoint(held.profile())
                .orElseThrow(() -> ApiException.conflict(
                        "request-refused", "there is no profile " + held.profile() + " any more"));
        return verdict(held)
                .chain(verdict -> crypto.run(() -> judge(endpoint, held, verdict, ruling)))
                .chain(approval -> approval.fold(
                        granted -> sign(endpoint, held, granted.template(), ruling)
                                .chain(issued -> ledger.recordApproved(held, issued, ruling, caller)),
                        rejected -> refuse(held, rejected.violations(), ruling, caller)));
    }

    private Uni<Verdict> verdict(HeldRequest held) {
        return held.challengeId()
                .map(verifier::recall)
                .orElseGet(() -> Uni.createFrom().item(new NoChallenge()));
    }

    private static Approval judge(ScepEndpoint endpoint, HeldRequest held, Verdict verdict, Ruling ruling)
            throws UnreadableCsrException {
        HeldContent content = held.content();
        // The signer of a PKCSReq proves no identity, see RequestReader.
        EnrollmentRequest request =
                new EnrollmentRequest(endpoint.profile(), Csr.decode(content.csr()), content.signerHoldsKey(), true);
        return EnrollmentPolicy.approve(request, verdict, ruling.at());
    }

    private Uni<IssuedCertificate> sign(
            ScepEndpoint endpoint, HeldRequest held, CertificateTemplate template, Ruling ruling) {
        // Whatever CA the request was meant for when it came, the one in use now signs.
        Responder current = endpoint.responders().get(0);
        endpoint.requireInDate(current, ruling.at());
        return crypto.runAdmitted(() -> current.issuer().sign(template, ruling.at()))
                .map(certificate -> new IssuedCertificate(
                        current.ca().id(),
                        held.profile(),
                        held.challengeId().orElse(null),
                        certificate,
                        held.content().spkiSha256(),
                        held.content().requestSha256(),
                        ruling.at(),
                        new Lineage(Optional.empty(), held.challengeId(), template.longestValidity())));
    }

    private Uni<Boolean> refuse(HeldRequest held, List<Violation> violations, Ruling ruling, Caller caller) {
        String rules = violations.stream().map(ApprovedIssuer::text).collect(Collectors.joining("; "));
        return ledger.recordApprovalRefused(held, violations, ruling, caller)
                .chain(() -> Uni.createFrom()
                        .failure(ApiException.conflict("request-refused", "the policy refuses it now: " + rules)));
    }

    private static String text(Violation violation) {
        return "%s (expected %s, found %s)".formatted(violation.rule(), violation.expected(), violation.actual());
    }
}
