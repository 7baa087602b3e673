package org.scepgate.policy;

import java.util.List;

/** Takes the word of an endpoint outside for less than the policy grants, and for nothing else. */
public final class AuthorizationPolicy {
    private AuthorizationPolicy() {}

    public static Approval judge(CertificateTemplate granted, Authorization said) {
        return said.fold(
                allowed -> new Approval.Granted(granted),
                narrowed -> new Narrowing(granted, narrowed.left()).approval(),
                denied -> rejected(Rule.AUTHORIZATION_DENIED, "allow", denied.reason()),
                failed -> rejected(Rule.AUTHORIZATION_FAILED, failed.expected(), failed.actual()));
    }

    static Approval rejected(Rule rule, String expected, String actual) {
        return new Approval.Rejected(List.of(new Violation(rule, expected, actual)));
    }
}
