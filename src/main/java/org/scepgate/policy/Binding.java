package org.scepgate.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a challenge lets its device ask for, and what the certificate will then hold. */
public record Binding(
        String profile,
        DistinguishedName subject,
        SubjectAltNames subjectAltNames,
        Match match,
        Optional<String> publicKeySha256,
        Set<KeyUsage> keyUsage,
        List<ExtendedKeyUsage> extendedKeyUsage,
        Duration validity,
        Optional<SecurityIdentifier> securityIdentifier) {

    public Binding {
        keyUsage = KeyUsage.setOf(keyUsage);
        extendedKeyUsage = List.copyOf(extendedKeyUsage);
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
     * The names that a request asks for, written anew, and the rest as the profile has it. Only for a request that a
     * person is going to look at: nobody else has bound these names to the device.
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
