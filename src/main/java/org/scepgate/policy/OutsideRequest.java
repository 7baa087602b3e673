package org.scepgate.policy;

import java.util.List;

/** The rules on requests that an authority outside judges, beside those on all. */
final class OutsideRequest {

    private OutsideRequest() {}

    static List<Violation> violations(EnrollmentRequest request) {
        boolean namesAccount = request.csr().subjectAltNames().uri().stream().anyMatch(SecurityIdentifier::isIn);
        return RequestRules.unless(
                !namesAccount || request.profile().outside().accountSids(),
                () -> new Violation(
                        Rule.SAN_ACCOUNT_SID,
                        "no SID of an account",
                        request.csr().subjectAltNames().toString()));
    }
}
