package org.scepgate.policy;

import java.util.Set;

/** The public keys a profile certifies: RSA modulus lengths in bits and curves by their NIST names. */
public record AllowedKeys(Set<Integer> rsa, Set<String> curves) {

    public AllowedKeys {
        rsa = Set.copyOf(rsa);
        curves = Set.copyOf(curves);
    }
}
