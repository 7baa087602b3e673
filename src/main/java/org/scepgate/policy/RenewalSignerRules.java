package org.scepgate.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The rules on the certificate that signed a renewal. */
final class RenewalSignerRules {

    private RenewalSignerRules() {}

    /** What must hold for the certificate to prove anything (RFC 8894 section 2.3). */
    static List<Violation> violations(RenewalRequest request, ExistingCertificate existing, Instant now) {
        CertificateContents contents = existing.contents();
        return Stream.of(
                        RequestRules.unless(
                                existing.profile().equals(request.profile().name()),
                                () -> new Violation(
                                        Rule.RENEWAL_PROFILE, request.profile().name(), existing.profile())),
                        RequestRules.unless(
                                existing.isInDate(now),
                                () -> new Violation(
                                        Rule.CERTIFICATE_EXPIRED,
                                        "a certificate in date",
                                        "valid from " + contents.notBefore() + " to " + contents.notAfter())),
                        RequestRules.unless(
                                !existing.revoked(),
                                () -> new Violation(Rule.CERTIFICATE_REVOKED, "a valid certificate", "a revoked one")))
                .flatMap(List::stream)
                .toList();
    }

    static List<Violation> ofProfile(Profile profile) {
        return RequestRules.unless(
                profile.renewal().enabled(),
                () -> new Violation(Rule.RENEWAL_DISABLED, "a profile with renewal", "one without"));
    }

    /** What the profile wants of a new renewal. */
    static List<Violation> ofTime(RenewalRequest request, ExistingCertificate existing, Instant now) {
        RenewalRules rules = request.profile().renewal();
        CertificateContents contents = existing.contents();
        Instant opens = rules.opensAt(contents);
        boolean isSameKey = request.csr().spkiSha256().equals(contents.spkiSha256());
        return Stream.of(
                        RequestRules.unless(
                                !now.isBefore(opens),
                                () -> new Violation(Rule.RENEWAL_WINDOW, "not before " + opens, now.toString())),
                        RequestRules.unless(
                                rules.sameKey() || !isSameKey,
                                () -> new Violation(Rule.RENEWAL_SAME_KEY, "a new key", "the old one")))
                .flatMap(List::stream)
                .toList();
    }
}
