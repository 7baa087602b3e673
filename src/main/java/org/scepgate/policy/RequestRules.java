package org.scepgate.policy;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rules that need no challenge: what the profile says of the request alone. */
final class RequestRules {

    private RequestRules() {}

    static List<Violation> violations(EnrollmentRequest request) {
        return violations(request, signer(request));
    }

    /** Those of a request whose names are bound. */
    static List<Violation> violations(EnrollmentRequest request, Binding bound) {
        return violations(request, signer(request, bound));
    }

    private static List<Violation> violations(EnrollmentRequest request, List<Violation> ofSigner) {
        Profile profile = request.profile();
        Csr csr = request.csr();
        return Stream.of(
                        key(csr.key(), profile.allowedKeys()),
                        ofSigner,
                        caRequest(csr),
                        issuerName(csr.subject(), profile),
                        unsupportedSans(csr))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Violation> key(RequestedKey key, AllowedKeys allowed) {
        return key.fold(
                rsa -> rsaKey(rsa, allowed),
                ec -> ecKey(ec, allowed),
                other -> List.of(new Violation(Rule.KEY_TYPE, allowedTypes(allowed), other.description())));
    }

    private static List<Violation> rsaKey(RequestedKey.Rsa key, AllowedKeys allowed) {
        if (allowed.rsa().isEmpty()) {
            return List.of(new Violation(Rule.KEY_TYPE, allowedTypes(allowed), "RSA"));
        }
        return unless(
                allowed.rsa().contains(key.bits()),
                () -> new Violation(Rule.KEY_SIZE, bits(allowed.rsa()), key.bits() + " bits"));
    }

    private static List<Violation> ecKey(RequestedKey.Ec key, AllowedKeys allowed) {
        if (allowed.curves().isEmpty()) {
            return List.of(new Violation(Rule.KEY_TYPE, allowedTypes(allowed), "EC"));
        }
        return unless(
                allowed.curves().contains(key.curve()),
                () -> new Violation(Rule.KEY_CURVE, String.join(" or ", allowed.curves()), key.curve()));
    }

    private static List<Violation> signer(EnrollmentRequest request) {
        return unless(
                mayHaveAnySigner(request) || request.certifiedSigner().isPresent(),
                () -> new Violation(
                        Rule.KEY_SIGNER,
                        "a message signed with the requested key",
                        "a message signed with another key that nobody certified"));
    }

    /**
     * Fleet signs with a throw-away RSA key of its own, because an EC key cannot receive the answer; a profile may let
     * others do so. Everybody else signs with the key that is to be certified (RFC 8894 section 2.3).
     */
    private static boolean mayHaveAnySigner(EnrollmentRequest request) {
        return request.signerHoldsRequestedKey()
                || request.profile().ephemeralSigner()
                || request.csr().key() instanceof RequestedKey.Ec;
    }

    /**
     * The rule on the signer where names are bound. An envelope that somebody saw can be signed anew by anybody, and the
     * answer goes to the signer: a certificate of ours vouches for its own device and no other.
     */
    static List<Violation> signer(EnrollmentRequest request, Binding bound) {
        boolean isAnother = request.certifiedSigner()
                .filter(signer -> !signer.sharesNameWith(bound))
                .isPresent();
        return isAnother && !mayHaveAnySigner(request)
                ? List.of(new Violation(
                        Rule.KEY_SIGNER,
                        "the requested key, or a certificate of " + bound.subject(),
                        "a certificate of "
                                + request.certifiedSigner().orElseThrow().subject()))
                : signer(request);
    }

    private static List<Violation> caRequest(Csr csr) {
        return unless(
                !csr.asksForCa(), () -> new Violation(Rule.REQUEST_CA, "a device certificate", "a CA certificate"));
    }

    private static List<Violation> issuerName(DistinguishedName subject, Profile profile) {
        return unless(
                !subject.matches(profile.issuer()),
                () -> new Violation(Rule.SUBJECT_ISSUER_NAME, "another name than the CA's", subject.toString()));
    }

    private static List<Violation> unsupportedSans(Csr csr) {
        return unless(
                csr.unsupportedSans().isEmpty(),
                () -> new Violation(
                        Rule.SAN_UNSUPPORTED,
                        "well-formed names of the types dns, email, uri, ip, upn",
                        String.join("; ", csr.unsupportedSans())));
    }

    private static String allowedTypes(AllowedKeys allowed) {
        return Stream.of(allowed.rsa().isEmpty() ? "" : "RSA", allowed.curves().isEmpty() ? "" : "EC")
                .filter(type -> !type.isEmpty())
                .reduce((one, two) -> one + " or " + two)
                .orElseThrow();
    }

    private static String bits(Set<Integer> sizes) {
        return String.join(" or ", sizes.stream().map(String::valueOf).toList()) + " bits";
    }

    /** The texts of a violation are written only where there is one: every enrolment passes some twenty rules. */
    static List<Violation> unless(boolean holds, Supplier<Violation> otherwise) {
        return holds ? List.of() : List.of(otherwise.get());
    }
}
