package org.scepgate.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * A request whose signer certificate carries the signature of a CA of ours.
 *
 * @param enrolment the request as if nothing were known of its signer
 * @param renewalReq it is a RenewalReq (17); before that type existed, and for most clients still, a PKCSReq (19) is one
 *     too if an issued certificate signed it
 * @param existing the signer's certificate, if the inventory has it
 */
public record RenewalRequest(EnrollmentRequest enrolment, boolean renewalReq, Optional<ExistingCertificate> existing) {

    Profile profile() {
        return enrolment.profile();
    }

    Csr csr() {
        return enrolment.csr();
    }

    /** The request as an enrolment. The signer's certificate counts if it held when it signed and is not revoked now. */
    public EnrollmentRequest signedAt(Instant time) {
        return existing.filter(certificate ->
                        RenewalSignerRules.violations(this, certificate, time).isEmpty())
                .map(certificate -> certifiedBy(certificate.contents()))
                .orElse(enrolment);
    }

    /** The request, signed by somebody we know. */
    EnrollmentRequest certifiedBy(CertificateContents signer) {
        return new EnrollmentRequest(profile(), csr(), enrolment.signerHoldsRequestedKey(), Optional.of(signer));
    }
}
