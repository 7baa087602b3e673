package org.scepgate.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a request may be signed, and lists everything that speaks against it.
 *
 * <p>Violations cannot tell a challenge: neither the verdict nor the request holds one here.
 */
public final class EnrollmentPolicy {

    private EnrollmentPolicy() {}

    public static Decision decide(EnrollmentRequest request, Verdict verdict, Instant now) {
        return verdict.fold(
                missing -> refuseUnbound(request, new Violation(Rule.CHALLENGE_MISSING, "a challenge", "none")),
                unknown -> refuseUnbound(
                        request, new Violation(Rule.CHALLENGE_UNKNOWN, "a challenge that was issued", "another")),
                known -> decideKnown(request, known, now));
    }

    private static Decision refuseUnbound(EnrollmentRequest request, Violation cause) {
        return new Decision.Refuse(Optional.empty(), joined(List.of(cause), RequestRules.violations(request)), false);
    }

    private static Decision decideKnown(EnrollmentRequest request, KnownChallenge challenge, Instant now) {
        List<Violation> ofState = StateRules.violations(request, challenge, now);
        if (challenge.state() instanceof ChallengeState.Spent spent) {
            return decideRetry(request, challenge, spent, ofState);
        }
        List<Violation> all = joined(ofState, ofContent(request, challenge));
        return all.isEmpty()
                ? new Decision.Issue(
                        new CertificateTemplate(request, challenge.binding(), now),
                        Optional.of(challenge.challengeId()))
                : refuse(challenge, all);
    }

    /** What was issued for this request is not judged again: a rule that came later takes no certificate away. */
    private static Decision decideRetry(
            EnrollmentRequest request, KnownChallenge challenge, ChallengeState.Spent spent, List<Violation> ofState) {
        boolean sameRequest = request.csr().spkiSha256().equals(spent.spkiSha256())
                && request.csr().requestSha256().equals(spent.requestSha256());
        List<Violation> all = joined(
                ofState,
                sameRequest
                        ? BindingRules.profile(request.profile(), challenge.binding())
                        : ofContent(request, challenge));
        return all.isEmpty()
                ? new Decision.Reissue(spent.certificate(), Optional.of(challenge.challengeId()))
                : refuse(challenge, all);
    }

    private static Decision refuse(KnownChallenge challenge, List<Violation> violations) {
        return new Decision.Refuse(Optional.of(challenge.challengeId()), violations, isAlarming(violations));
    }

    static boolean isAlarming(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> violation.rule() == Rule.CHALLENGE_SPENT_OTHER_KEY);
    }

    private static List<Violation> ofContent(EnrollmentRequest request, KnownChallenge challenge) {
        return joined(BindingRules.violations(request, challenge.binding()), RequestRules.violations(request));
    }

    private static List<Violation> joined(List<Violation> first, List<Violation> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
