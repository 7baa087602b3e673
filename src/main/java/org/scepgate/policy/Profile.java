package org.scepgate.policy;

import java.time.Duration;
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
        DistinguishedName issuer) {

    public Profile {
        keyUsage = Set.copyOf(keyUsage);
        extendedKeyUsage = List.copyOf(extendedKeyUsage);
    }
}
