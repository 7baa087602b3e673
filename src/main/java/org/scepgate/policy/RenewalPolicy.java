package org.scepgate.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides whether a certificate may be renewed (RFC 8894 sections 2.3 to 2.5): the old certificate stands in for the
 * challenge and its binding. Whether the old certificate signed the request, and a CA of ours the certificate, is known.
 */
public final class RenewalPolicy {

    private RenewalPolicy() {}

    /** Whether a certificate that is issued would be a renewal of the signer's, and no certificate of its own. */
    public static boolean isRenewal(RenewalRequest request, Verdict verdict) {
        return request.existing()
                .filter(existing -> request.renewalReq() || !isOwnChallenge(existing, verdict))
                .isPresent();
    }

    public static Decision decide(RenewalRequest request, Verdict verdict, Instant now) {
        if (request.existing().isEmpty()) {
            return request.renewalReq()
                    ? unknownSigner(verdict)
                    : EnrollmentPolicy.decide(request.enrolment(), verdict, now);
        }
        Attempt attempt = new Attempt(request, request.existing().get(), now);
        return isRenewal(request, verdict) ? renew(attempt, verdict) : enroll(attempt, verdict);
    }

    private record Attempt(RenewalRequest request, ExistingCertificate existing, Instant now) {}

    private static Decision unknownSigner(Verdict verdict) {
        Violation unknown =
                new Violation(Rule.RENEWAL_SIGNER, "a certificate of the inventory", "one that is not in it");
        return refuse(challengeOf(verdict), List.of(unknown));
    }

    /**
     * A PKCSReq with a challenge of its own is an enrolment, whoever signed it. The challenge that the signer's
     * certificate itself goes back to is no such: certmonger and sscep send it with every renewal.
     */
    private static boolean isOwnChallenge(ExistingCertificate existing, Verdict verdict) {
        return verdict.fold(missing -> false, unknown -> true, known -> !existing.goesBackTo(known.challengeId()));
    }

    private static Decision enroll(Attempt attempt, Verdict verdict) {
        boolean certified = RenewalSignerRules.violations(attempt.request(), attempt.existing(), attempt.now())
                .isEmpty();
        EnrollmentRequest request =
                certified ? attempt.request().certified() : attempt.request().enrolment();
        return EnrollmentPolicy.decide(request, verdict, attempt.now());
    }

    private static Decision renew(Attempt attempt, Verdict verdict) {
        List<Violation> ofSigner = joined(
                RenewalSignerRules.ofProfile(attempt.request().profile()),
                RenewalSignerRules.violations(attempt.request(), attempt.existing(), attempt.now()));
        List<Violation> ofChallenge = ofChallenge(attempt, verdict);
        Optional<UUID> challenge =
                challengeOf(verdict).filter(id -> !attempt.existing().goesBackTo(id));
        if (attempt.existing().successor().isPresent()) {
            ExistingCertificate.Successor successor =
                    attempt.existing().successor().get();
            List<Violation> ofRetry =
                    RenewalSignerRules.ofRetry(attempt.request().csr(), successor, attempt.now());
            List<Violation> all = joined(ofSigner, ofRetry, ofChallenge);
            return all.isEmpty() ? new Decision.Reissue(successor.certificate(), challenge) : refuse(challenge, all);
        }
        Binding binding = binding(attempt, verdict);
        EnrollmentRequest request = attempt.request().certified();
        List<Violation> rules = joined(
                ofSigner,
                RenewalSignerRules.ofTime(attempt.request(), attempt.existing(), attempt.now()),
                joined(BindingRules.violations(request, binding), RequestRules.violations(request), ofChallenge));
        List<Violation> all = KeyQuality.after(rules, request);
        return all.isEmpty()
                ? new Decision.Issue(new CertificateTemplate(request, binding, attempt.now()), challenge)
                : refuse(challenge, all);
    }

    /** The names are the old certificate's; the rest is what a new challenge grants, if there is one. */
    private static Binding binding(Attempt attempt, Verdict verdict) {
        Binding old = attempt.existing().asBinding(attempt.request().profile());
        return newChallenge(attempt, verdict)
                .map(KnownChallenge::binding)
                .map(bound -> new Binding(
                        old.profile(),
                        old.subject(),
                        old.subjectAltNames(),
                        old.match(),
                        bound.publicKeySha256(),
                        bound.keyUsage(),
                        bound.extendedKeyUsage(),
                        bound.validity()))
                .orElse(old);
    }

    private static Optional<KnownChallenge> newChallenge(Attempt attempt, Verdict verdict) {
        return verdict.<Optional<KnownChallenge>>fold(
                        missing -> Optional.empty(), unknown -> Optional.empty(), Optional::of)
                .filter(known -> !attempt.existing().goesBackTo(known.challengeId()));
    }

    /** None is needed, but one that is sent must be right. */
    private static List<Violation> ofChallenge(Attempt attempt, Verdict verdict) {
        if (verdict instanceof UnknownChallenge) {
            return List.of(new Violation(Rule.CHALLENGE_UNKNOWN, "a challenge that was issued, or none", "another"));
        }
        return newChallenge(attempt, verdict)
                .map(known -> ofNewChallenge(attempt, known))
                .orElse(List.of());
    }

    private static List<Violation> ofNewChallenge(Attempt attempt, KnownChallenge known) {
        if (known.state() instanceof ChallengeState.Spent spent) {
            return ofSpent(attempt, spent);
        }
        // What is bound must cover what the certificate will hold, which is more than the request needs to name.
        CertificateContents old = attempt.existing().contents();
        Csr covered = attempt.request().csr().named(old.subject(), old.subjectAltNames());
        EnrollmentRequest request = new EnrollmentRequest(attempt.request().profile(), covered, false, false);
        return joined(
                StateRules.violations(request, known, attempt.now()),
                BindingRules.violations(request, known.binding()));
    }

    private static List<Violation> ofSpent(Attempt attempt, ChallengeState.Spent spent) {
        boolean onThisRenewal = attempt.existing()
                .successor()
                .filter(successor -> Arrays.equals(successor.certificate(), spent.certificate()))
                .isPresent();
        String key = attempt.request().csr().spkiSha256();
        if (!onThisRenewal && !key.equals(spent.spkiSha256())) {
            return List.of(new Violation(Rule.CHALLENGE_SPENT_OTHER_KEY, spent.spkiSha256(), key));
        }
        return RequestRules.unless(onThisRenewal, Rule.CHALLENGE_SPENT, "an open challenge, or none", "a spent one");
    }

    private static Optional<UUID> challengeOf(Verdict verdict) {
        return verdict.fold(
                missing -> Optional.empty(), unknown -> Optional.empty(), known -> Optional.of(known.challengeId()));
    }

    private static Decision refuse(Optional<UUID> challenge, List<Violation> violations) {
        return new Decision.Refuse(challenge, violations, EnrollmentPolicy.isAlarming(violations));
    }

    @SafeVarargs
    private static List<Violation> joined(List<Violation>... lists) {
        return Stream.of(lists).flatMap(List::stream).distinct().toList();
    }
}
