package org.scepgate.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether a request may be signed, and lists everything that speaks against it.
 *
 * <p>Violations cannot tell a challenge: neither the verdict nor the request holds one here.
 */
public final class EnrollmentPolicy {

    private static final Set<Rule> ALARMS = Set.of(Rule.CHALLENGE_SPENT_OTHER_KEY, Rule.CHALLENGE_HELD_OTHER_KEY);

    private EnrollmentPolicy() {}

    public static Decision decide(EnrollmentRequest request, Verdict verdict, Instant now) {
        return verdict.fold(
                missing -> decideUnbound(request),
                unknown -> decideUnknown(request, now),
                known -> decideKnown(request, known.namedBy(request.csr()), now));
    }

    /**
     * Judges a request once more that a person has approved, by the profile as it is now.
     *
     * @param verdict what is known now of the challenge that is reserved for it, if it has one
     */
    public static Approval approve(EnrollmentRequest request, Verdict verdict, Instant now) {
        return verdict.fold(
                missing -> approveUnbound(request, now),
                unknown -> new Approval.Rejected(List.of(unknown())),
                known -> approveKnown(request, known.namedBy(request.csr()), now));
    }

    private static Decision decideUnknown(EnrollmentRequest request, Instant now) {
        if (request.profile().authenticateBy().asksOutside()) {
            return decideOutside(request, now);
        }
        return new Decision.Refuse(
                Optional.empty(), joined(List.of(unknown()), RequestRules.violations(request)), false);
    }

    /** What the profile refuses is not shown to anybody. */
    private static Decision decideOutside(EnrollmentRequest request, Instant now) {
        UnboundRequest asked = UnboundRequest.named(request);
        List<Violation> all = joined(asked.violations(), OutsideRequest.violations(request));
        return asked.binding()
                .filter(names -> all.isEmpty())
                .<Decision>map(names -> new Decision.Ask(new CertificateTemplate(request, names, now), names))
                .orElseGet(() -> new Decision.Refuse(Optional.empty(), all, false));
    }

    private static Decision decideUnbound(EnrollmentRequest request) {
        UnboundRequest unbound = UnboundRequest.of(request);
        Decision refuse = new Decision.Refuse(Optional.empty(), unbound.violations(), false);
        return unbound.binding()
                .<Decision>map(names -> new Decision.Hold(Optional.empty(), names))
                .orElse(refuse);
    }

    private static Approval approveUnbound(EnrollmentRequest request, Instant now) {
        UnboundRequest unbound = UnboundRequest.of(request);
        return unbound.binding()
                .<Approval>map(names -> new Approval.Granted(new CertificateTemplate(request, names, now)))
                .orElseGet(() -> new Approval.Rejected(unbound.violations()));
    }

    private static Decision decideKnown(EnrollmentRequest request, KnownChallenge challenge, Instant now) {
        List<Violation> ofState = StateRules.violations(request, challenge, now);
        if (challenge.state() instanceof ChallengeState.Spent spent) {
            return decideAgain(
                    request,
                    challenge,
                    ofState,
                    new Decision.Reissue(spent.certificate(), Optional.of(challenge.challengeId())));
        }
        if (request.profile().authenticateBy().asksOutside()) {
            return refuse(challenge, joined(List.of(ownChallenge()), ofContent(request, challenge)));
        }
        Decision hold = new Decision.Hold(Optional.of(challenge.challengeId()), challenge.binding());
        if (challenge.state() instanceof ChallengeState.Held) {
            return decideAgain(request, challenge, ofState, hold);
        }
        List<Violation> all = KeyQuality.after(joined(ofState, ofContent(request, challenge)), request);
        if (!all.isEmpty()) {
            return refuse(challenge, all);
        }
        return request.profile().authenticateBy().needsApproval()
                ? hold
                : new Decision.Issue(
                        new CertificateTemplate(request, challenge.binding(), now),
                        Optional.of(challenge.challengeId()));
    }

    /**
     * What was issued or held for this request is not judged again: a rule that came later takes no certificate away.
     * Only who signed the message is: the answer goes to the signer's key, and an envelope that somebody saw can be signed
     * anew by anybody.
     *
     * @param ofState empty only if it is the very request
     */
    private static Decision decideAgain(
            EnrollmentRequest request, KnownChallenge challenge, List<Violation> ofState, Decision sameAgain) {
        boolean isAnother =
                ofState.stream().anyMatch(violation -> violation.rule().isAboutAnotherRequest());
        List<Violation> all = joined(
                ofState,
                isAnother
                        ? ofContent(request, challenge)
                        : joined(
                                BindingRules.profile(request.profile(), challenge.binding()),
                                RequestRules.signer(request, challenge.binding())));
        return all.isEmpty() ? sameAgain : refuse(challenge, all);
    }

    private static Approval approveKnown(EnrollmentRequest request, KnownChallenge challenge, Instant now) {
        List<Violation> ofService =
                request.profile().authenticateBy().asksOutside() ? List.of(ownChallenge()) : List.of();
        List<Violation> ofChallenge = joined(ofService, StateRules.violations(request, challenge, now));
        List<Violation> all = KeyQuality.after(joined(ofChallenge, ofContent(request, challenge)), request);
        return all.isEmpty()
                ? new Approval.Granted(new CertificateTemplate(request, challenge.binding(), now))
                : new Approval.Rejected(all);
    }

    private static Decision refuse(KnownChallenge challenge, List<Violation> violations) {
        return new Decision.Refuse(Optional.of(challenge.challengeId()), violations, isAlarming(violations));
    }

    static boolean isAlarming(List<Violation> violations) {
        return violations.stream().map(Violation::rule).anyMatch(ALARMS::contains);
    }

    private static Violation unknown() {
        return new Violation(Rule.CHALLENGE_UNKNOWN, "a challenge that was issued", "another");
    }

    /** The profile may have taken challenges of this service before. */
    private static Violation ownChallenge() {
        return new Violation(Rule.CHALLENGE_UNKNOWN, "a challenge of another service", "one of this service");
    }

    private static List<Violation> ofContent(EnrollmentRequest request, KnownChallenge challenge) {
        return joined(
                BindingRules.violations(request, challenge.binding()),
                RequestRules.violations(request, challenge.binding()));
    }

    private static List<Violation> joined(List<Violation> first, List<Violation> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
