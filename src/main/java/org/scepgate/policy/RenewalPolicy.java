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

    /**
     * Whether a certificate that is issued would be a renewal of the signer's, and no certificate of its own. A PKCSReq
     * with a new challenge is an enrolment, whoever signed it; so is all where an authority outside judges each request.
     */
    public static boolean isRenewal(RenewalRequest request, Verdict asked) {
        Verdict verdict = counted(request, asked);
        return request.existing()
                .filter(existing -> !request.profile().authenticateBy().asksOutside())
                .filter(existing -> newChallenge(existing, verdict)
                        .map(known -> request.renewalReq() && !isForAPerson(request.profile(), known))
                        .orElse(request.renewalReq() || !(verdict instanceof UnknownChallenge)))
                .isPresent();
    }

    /** Who grants anew in this profile is a person, and the type of the message must not choose whether he is asked. */
    private static boolean isForAPerson(Profile profile, KnownChallenge known) {
        return profile.authenticateBy().needsApproval() || known.state() instanceof ChallengeState.Held;
    }

    public static Decision decide(RenewalRequest request, Verdict asked, Instant now) {
        Verdict verdict = counted(request, asked);
        if (request.existing().isEmpty()) {
            return request.renewalReq()
                    ? unknownSigner(verdict)
                    : EnrollmentPolicy.decide(request.enrolment(), verdict, now);
        }
        Attempt attempt = new Attempt(request, request.existing().get(), now);
        return isRenewal(request, verdict) ? renew(attempt, verdict) : enroll(attempt, verdict);
    }

    /**
     * A shared challenge ends long before the certificates that came of it, and is still in the configuration of their
     * devices, which send it with each renewal.
     */
    private static Verdict counted(RenewalRequest request, Verdict verdict) {
        boolean isOutlived = request.profile().authenticateBy() == Authentication.STATIC
                && request.existing().isPresent()
                && verdict instanceof UnknownChallenge;
        return isOutlived ? new NoChallenge() : verdict;
    }

    private record Attempt(RenewalRequest request, ExistingCertificate existing, Instant now) {
        EnrollmentRequest certified() {
            return request.certifiedBy(existing.contents());
        }
    }

    private static Decision unknownSigner(Verdict verdict) {
        Violation unknown =
                new Violation(Rule.RENEWAL_SIGNER, "a certificate of the inventory", "one that is not in it");
        return refuse(challengeOf(verdict), List.of(unknown));
    }

    private static Decision enroll(Attempt attempt, Verdict verdict) {
        List<Violation> ofSigner = attempt.request().renewalReq() ? ofSigner(attempt) : List.of();
        return ofSigner.isEmpty()
                ? EnrollmentPolicy.decide(attempt.request().signedAt(attempt.now()), verdict, attempt.now())
                : refuse(challengeOf(verdict), ofSigner);
    }

    private static List<Violation> ofSigner(Attempt attempt) {
        return joined(
                RenewalSignerRules.ofProfile(attempt.request().profile()),
                RenewalSignerRules.violations(attempt.request(), attempt.existing(), attempt.now()));
    }

    private static Decision renew(Attempt attempt, Verdict verdict) {
        List<Violation> ofSigner = ofSigner(attempt);
        List<Violation> ofChallenge = ofChallenge(attempt, verdict);
        Optional<UUID> challenge =
                challengeOf(verdict).filter(id -> !attempt.existing().goesBackTo(id));
        Optional<ExistingCertificate.Successor> successor =
                attempt.existing().successor().filter(certificate -> !certificate.isReplaceable(attempt.now()));
        if (successor.isPresent()) {
            List<Violation> all = joined(ofSigner, ofRetry(attempt, successor.get()), ofChallenge);
            return all.isEmpty()
                    ? new Decision.Reissue(successor.get().certificate(), challenge)
                    : refuse(challenge, all);
        }
        Binding binding = binding(attempt, verdict);
        EnrollmentRequest request = attempt.certified();
        List<Violation> rules = joined(
                ofSigner,
                RenewalSignerRules.ofTime(attempt.request(), attempt.existing(), attempt.now()),
                joined(BindingRules.violations(request, binding), RequestRules.violations(request), ofChallenge));
        List<Violation> all = KeyQuality.after(rules, request);
        return all.isEmpty()
                ? new Decision.Issue(template(attempt, verdict, binding), challenge)
                : refuse(challenge, all);
    }

    /**
     * A renewal that was answered before gets the same again, however the profile has changed since. So does a request
     * of other content, if it asks for no other names: the certificate has the old one's, whatever it leaves out.
     */
    private static List<Violation> ofRetry(Attempt attempt, ExistingCertificate.Successor successor) {
        List<Violation> revoked = RequestRules.unless(
                !successor.revoked(),
                () -> new Violation(Rule.CERTIFICATE_REVOKED, "a valid renewed certificate", "a revoked one"));
        boolean isSame = attempt.request().csr().requestSha256().equals(successor.requestSha256());
        Binding old = attempt.existing().asBinding(attempt.request().profile());
        return isSame
                ? revoked
                : joined(
                        revoked,
                        BindingRules.violations(attempt.certified(), old),
                        RequestRules.violations(attempt.certified()));
    }

    private static CertificateTemplate template(Attempt attempt, Verdict verdict, Binding binding) {
        return newChallenge(attempt, verdict).isPresent()
                ? new CertificateTemplate(attempt.certified(), binding, attempt.now())
                : new CertificateTemplate(
                        attempt.certified(), binding, attempt.existing().longestValidity(), attempt.now());
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
                        bound.validity(),
                        old.securityIdentifier()))
                .orElse(old);
    }

    private static Optional<KnownChallenge> newChallenge(Attempt attempt, Verdict verdict) {
        return newChallenge(attempt.existing(), verdict);
    }

    /**
     * The challenge that the signer's certificate itself goes back to is none: certmonger and sscep send it with every
     * renewal.
     */
    private static Optional<KnownChallenge> newChallenge(ExistingCertificate existing, Verdict verdict) {
        return verdict.<Optional<KnownChallenge>>fold(
                        missing -> Optional.empty(), unknown -> Optional.empty(), Optional::of)
                .filter(known -> !existing.goesBackTo(known.challengeId()));
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
        EnrollmentRequest request = attempt.certified();
        CertificateContents renewed = attempt.existing().contents();
        Binding bound = known.binding().namedBy(renewed.subject(), renewed.subjectAltNames());
        return joined(
                StateRules.violations(request, known, attempt.now()), BindingRules.violations(request, renewed, bound));
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
        return RequestRules.unless(
                onThisRenewal, () -> new Violation(Rule.CHALLENGE_SPENT, "an open challenge, or none", "a spent one"));
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
