package org.scepgate.policy;

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

    /** The request, signed by somebody we know. */
    EnrollmentRequest certified() {
        return new EnrollmentRequest(profile(), csr(), enrolment.signerHoldsRequestedKey(), false);
    }
}
