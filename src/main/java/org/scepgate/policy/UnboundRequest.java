package org.scepgate.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request whose names nobody has bound beforehand, as the policy finds it.
 *
 * @param binding the names it asks for, if somebody may be asked about them
 * @param violations what speaks against it, if they may not
 */
record UnboundRequest(Optional<Binding> binding, List<Violation> violations) {

    static UnboundRequest of(EnrollmentRequest request) {
        if (request.profile().authenticateBy().needsChallenge()) {
            return refused(request, new Violation(Rule.CHALLENGE_MISSING, "a challenge", "none"));
        }
        return named(request);
    }

    /** What would be issued, whatever challenge the request has. */
    static UnboundRequest named(EnrollmentRequest request) {
        try {
            Binding binding = Binding.ofNamesIn(request.csr(), request.profile());
            List<Violation> rules = Stream.concat(
                            BindingRules.violations(request, binding).stream(),
                            RequestRules.violations(request).stream())
                    .toList();
            List<Violation> violations = KeyQuality.after(rules, request);
            return new UnboundRequest(Optional.of(binding).filter(names -> violations.isEmpty()), violations);
        } catch (InvalidBindingException unsupported) {
            return refused(request, violationOf(request.csr(), unsupported));
        }
    }

    private static UnboundRequest refused(EnrollmentRequest request, Violation cause) {
        return new UnboundRequest(
                Optional.empty(),
                Stream.concat(Stream.of(cause), RequestRules.violations(request).stream())
                        .toList());
    }

    private static Violation violationOf(Csr csr, InvalidBindingException unsupported) {
        boolean isSubject = unsupported.field().equals("subject");
        return new Violation(
                isSubject ? Rule.SUBJECT_UNSUPPORTED : Rule.SAN_UNSUPPORTED,
                "names that can be issued: " + unsupported.getMessage(),
                isSubject ? csr.subject().toString() : csr.subjectAltNames().toString());
    }
}
