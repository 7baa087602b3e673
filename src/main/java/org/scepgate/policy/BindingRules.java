package org.scepgate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rules that compare a request with the binding of its challenge. */
final class BindingRules {

    private BindingRules() {}

    static List<Violation> violations(EnrollmentRequest request, Binding binding) {
        Csr csr = request.csr();
        return violations(request, subject(csr.subject(), binding), altNames(csr.subjectAltNames(), binding), binding);
    }

    /** What is bound must cover what the certificate will hold, which is more than the request needs to name. */
    static List<Violation> violations(EnrollmentRequest request, CertificateContents renewed, Binding binding) {
        return violations(
                request, subject(renewed.subject(), binding), altNames(renewed.subjectAltNames(), binding), binding);
    }

    private static List<Violation> violations(
            EnrollmentRequest request, List<Violation> ofSubject, List<Violation> ofAltNames, Binding binding) {
        Csr csr = request.csr();
        return Stream.of(
                        profile(request.profile(), binding),
                        ofSubject,
                        boundIssuerName(request, binding),
                        ofAltNames,
                        boundKey(csr, binding),
                        keyUsage(csr, binding),
                        narrowedProfile(request.profile(), binding),
                        named(binding))
                .flatMap(List::stream)
                .toList();
    }

    static List<Violation> profile(Profile profile, Binding binding) {
        return RequestRules.unless(
                profile.name().equals(binding.profile()),
                () -> new Violation(Rule.CHALLENGE_PROFILE, binding.profile(), profile.name()));
    }

    /** A safety net: where names were left to the request and do not fit, one of them has been told. */
    private static List<Violation> named(Binding binding) {
        return RequestRules.unless(
                binding.match() != Match.PATTERN,
                () -> new Violation(Rule.SUBJECT_UNSUPPORTED, "names that fit the patterns", "others"));
    }

    private static List<Violation> subject(DistinguishedName asked, Binding binding) {
        if (binding.patterns().isPresent()) {
            NamePatterns patterns = binding.patterns().get();
            return RequestRules.unless(
                    patterns.subject(asked).isPresent(),
                    () -> new Violation(Rule.SUBJECT_MISMATCH, patterns.subjectText(), asked.toString()));
        }
        boolean holds =
                binding.match() == Match.EXACT ? asked.matches(binding.subject()) : asked.isSubsetOf(binding.subject());
        return RequestRules.unless(
                holds,
                () -> new Violation(Rule.SUBJECT_MISMATCH, binding.subject().toString(), asked.toString()));
    }

    // The binding was checked when the challenge was issued; the profile may have got another CA since.
    private static List<Violation> boundIssuerName(EnrollmentRequest request, Binding binding) {
        DistinguishedName issuer = request.profile().issuer();
        boolean alreadyTold = request.csr().subject().matches(issuer);
        return RequestRules.unless(
                alreadyTold || !binding.subject().matches(issuer),
                () -> new Violation(
                        Rule.SUBJECT_ISSUER_NAME,
                        "another name than the CA's",
                        binding.subject().toString()));
    }

    private static List<Violation> altNames(SubjectAltNames all, Binding binding) {
        return Arrays.stream(AltNameType.values())
                .flatMap(type -> altNames(type, all.only(type), binding).stream())
                .toList();
    }

    private static List<Violation> altNames(AltNameType type, SubjectAltNames asked, Binding binding) {
        if (binding.patterns().isPresent()) {
            NamePatterns patterns = binding.patterns().get();
            return RequestRules.unless(
                    patterns.altNames(type, asked).isPresent(),
                    () -> new Violation(Rule.SAN_MISMATCH, patterns.described(type), listed(type, asked)));
        }
        SubjectAltNames bound = binding.subjectAltNames().only(type);
        boolean holds = binding.match() == Match.EXACT ? asked.matches(bound) : asked.isSubsetOf(bound);
        return RequestRules.unless(
                holds, () -> new Violation(Rule.SAN_MISMATCH, listed(type, bound), listed(type, asked)));
    }

    private static List<Violation> boundKey(Csr csr, Binding binding) {
        String bound = binding.publicKeySha256().orElse(csr.spkiSha256());
        return RequestRules.unless(
                csr.spkiSha256().equals(bound), () -> new Violation(Rule.KEY_BOUND, bound, csr.spkiSha256()));
    }

    private static List<Violation> keyUsage(Csr csr, Binding binding) {
        boolean isKnownType = !(csr.key() instanceof RequestedKey.Other);
        return RequestRules.unless(
                !isKnownType || !KeyUsage.with(csr.key(), binding.keyUsage()).isEmpty(),
                () -> new Violation(
                        Rule.KEY_USAGE,
                        "a key that can serve for " + binding.keyUsage(),
                        csr.key().fold(rsa -> "RSA", ec -> "EC", RequestedKey.Other::description)));
    }

    private static List<Violation> narrowedProfile(Profile profile, Binding binding) {
        boolean isOther = !profile.name().equals(binding.profile());
        boolean holds = profile.allowsKeyUsage(binding.keyUsage())
                && profile.coversExtendedKeyUsage(binding.extendedKeyUsage());
        return RequestRules.unless(
                isOther || holds,
                () -> new Violation(
                        Rule.PROFILE_NARROWED,
                        "within " + profile.keyUsage() + " " + profile.extendedKeyUsage(),
                        binding.keyUsage() + " " + binding.extendedKeyUsage()));
    }

    private static String listed(AltNameType type, SubjectAltNames names) {
        return names.isEmpty() ? "no " + type.text() : names.toString();
    }
}
