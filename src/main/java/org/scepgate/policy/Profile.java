package org.scepgate.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a named kind of certificate may hold at most, valid once it exists. */
public record Profile(
        String name,
        Duration validity,
        Set<KeyUsage> keyUsage,
        List<ExtendedKeyUsage> extendedKeyUsage,
        AllowedKeys allowedKeys,
        ChallengeRules challenge,
        boolean ephemeralSigner,
        DistinguishedName issuer,
        Authentication authenticateBy,
        ApprovalRules approval,
        RenewalRules renewal,
        OutsideRules outside) {

    private static final Duration LONGEST = Duration.ofDays(36_525);
    private static final int LONGEST_NAME = 64;

    /** @throws InvalidProfileException with the configuration key that is to blame */
    public Profile {
        keyUsage = KeyUsage.setOf(keyUsage);
        extendedKeyUsage = extendedKeyUsage.stream().distinct().toList();
        InvalidProfileException.unless(isPathSegment(name), "name", "must be 1 to 64 of a-z A-Z 0-9 . _ -");
        InvalidProfileException.unless(
                validity.getSeconds() > 0 && validity.compareTo(LONGEST) <= 0,
                "validity",
                "must be at least a second and at most a hundred years");
        requireUsable(keyUsage, allowedKeys);
        // A delegated OCSP responder vouches for the CA's certificates (RFC 6960 section 4.2.2.2); a device must not.
        InvalidProfileException.unless(
                !extendedKeyUsage.contains(ExtendedKeyUsage.OCSP_SIGNING),
                "extended-key-usage",
                "OCSPSigning is not for devices");
        InvalidProfileException.unless(
                !authenticateBy.asksOutside() || !renewal.enabled(),
                "renewal.enabled",
                "means nothing where another service judges each request: it renews by a new one");
        InvalidProfileException.unless(!issuer.isEmpty(), "ca", "the CA's certificate has no subject");
    }

    boolean allows(KeyUsage usage) {
        return keyUsage.contains(usage);
    }

    boolean allows(ExtendedKeyUsage usage) {
        return extendedKeyUsage.contains(usage);
    }

    /** No key usage at all would mean any, so that leaving all out widens. */
    boolean allowsKeyUsage(Collection<KeyUsage> asked) {
        return !asked.isEmpty() && keyUsage.containsAll(asked);
    }

    /** Likewise: RFC 5280 section 4.2.1.12 restricts nothing where the extension is absent. */
    boolean allowsExtendedKeyUsage(Collection<ExtendedKeyUsage> asked) {
        return asked.isEmpty() ? extendedKeyUsage.isEmpty() : extendedKeyUsage.containsAll(asked);
    }

    /**
     * Whether a certificate with these purposes may still do no more than one of this profile: without the extension that
     * could do anything. What new challenges may ask for is {@link #allowsExtendedKeyUsage}.
     */
    boolean coversExtendedKeyUsage(Collection<ExtendedKeyUsage> granted) {
        return extendedKeyUsage.isEmpty() || allowsExtendedKeyUsage(granted);
    }

    private static void requireUsable(Set<KeyUsage> keyUsage, AllowedKeys keys) {
        InvalidProfileException.unless(
                !keyUsage.contains(KeyUsage.KEY_CERT_SIGN) && !keyUsage.contains(KeyUsage.CRL_SIGN),
                "key-usage",
                "keyCertSign and cRLSign are for CAs");
        InvalidProfileException.unless(
                KeyUsage.isCoherent(keyUsage),
                "key-usage",
                "encipherOnly and decipherOnly mean nothing without keyAgreement");
        InvalidProfileException.unless(
                keys.rsa().isEmpty() || !KeyUsage.withRsa(keyUsage).isEmpty(),
                "key-usage",
                "leaves nothing that an RSA key can do");
        InvalidProfileException.unless(
                keys.curves().isEmpty() || !KeyUsage.withEc(keyUsage).isEmpty(),
                "key-usage",
                "leaves nothing that an EC key can do");
    }

    // The name is a segment of the SCEP URL.
    private static boolean isPathSegment(String name) {
        boolean onlyDots = name.chars().allMatch(c -> c == '.');
        return name.length() <= LONGEST_NAME
                && !onlyDots
                && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
    }
}
