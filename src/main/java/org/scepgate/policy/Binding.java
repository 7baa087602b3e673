package org.scepgate.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a challenge lets its device ask for, and what the certificate will then hold.
 *
 * @param patterns with {@link Match#PATTERN} alone: the names are in the request, and none is here
 */
public record Binding(
        String profile,
        DistinguishedName subject,
        SubjectAltNames subjectAltNames,
        Match match,
        Optional<String> publicKeySha256,
        Set<KeyUsage> keyUsage,
        List<ExtendedKeyUsage> extendedKeyUsage,
        Duration validity,
        Optional<SecurityIdentifier> securityIdentifier,
        Optional<NamePatterns> patterns) {

    public Binding {
        keyUsage = KeyUsage.setOf(keyUsage);
        extendedKeyUsage = List.copyOf(extendedKeyUsage);
    }

    /** Without patterns. */
    public Binding(
            String profile,
            DistinguishedName subject,
            SubjectAltNames subjectAltNames,
            Match match,
            Optional<String> publicKeySha256,
            Set<KeyUsage> keyUsage,
            List<ExtendedKeyUsage> extendedKeyUsage,
            Duration validity,
            Optional<SecurityIdentifier> securityIdentifier) {
        this(
                profile,
                subject,
                subjectAltNames,
                match,
                publicKeySha256,
                keyUsage,
                extendedKeyUsage,
                validity,
                securityIdentifier,
                Optional.empty());
    }

    /** Without the SID of an account. */
    public Binding(
            String profile,
            DistinguishedName subject,
            SubjectAltNames subjectAltNames,
            Match match,
            Optional<String> publicKeySha256,
            Set<KeyUsage> keyUsage,
            List<ExtendedKeyUsage> extendedKeyUsage,
            Duration validity) {
        this(
                profile,
                subject,
                subjectAltNames,
                match,
                publicKeySha256,
                keyUsage,
                extendedKeyUsage,
                validity,
                Optional.empty());
    }

    /** Refuses now what the policy would refuse when the device comes. */
    public static Binding of(RequestedBinding asked, Profile profile) throws InvalidBindingException {
        return new BindingReader(asked, profile).binding();
    }

    /**
     * The same for the names that a device asks for, as an exact binding; unchanged where they fit no pattern, which
     * {@link BindingRules} then tells, and where they are bound already.
     */
    Binding namedBy(DistinguishedName asked, SubjectAltNames altNames) {
        return patterns.flatMap(allowed -> allowed.fit(asked, altNames))
                .map(names -> new Binding(
                        profile,
                        names.subject(),
                        names.altNames(),
                        Match.EXACT,
                        publicKeySha256,
                        keyUsage,
                        extendedKeyUsage,
                        validity,
                        securityIdentifier))
                .orElse(this);
    }

    Binding namedBy(Csr csr) {
        return namedBy(csr.subject(), csr.subjectAltNames());
    }

    /**
     * The names that a request asks for, written anew, and the rest as the profile has it. Only for a request that a
     * person or an authority outside is going to judge: nobody else has bound these names to the device.
     */
    static Binding ofNamesIn(Csr csr, Profile profile) throws InvalidBindingException {
        SubjectAltNames names = csr.subjectAltNames();
        RequestedAltNames altNames =
                new RequestedAltNames(names.dns(), names.email(), names.uri(), names.ip(), names.upn());
        return of(
                new RequestedBinding(csr.subject().toString(), altNames, Match.EXACT.text(), null, null, null, null),
                profile);
    }
}
