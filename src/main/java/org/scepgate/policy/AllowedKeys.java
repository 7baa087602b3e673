package org.scepgate.policy;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The public keys a profile certifies: RSA modulus lengths in bits and curves by their NIST names. */
public record AllowedKeys(Set<Integer> rsa, Set<String> curves, KeyBlocklist blocklist) {

    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 4096;

    /** Without a blocklist. */
    public AllowedKeys(Set<Integer> rsa, Set<String> curves) throws InvalidProfileException {
        this(rsa, curves, KeyBlocklist.NONE);
    }

    /** @throws InvalidProfileException on {@code keys.rsa} or {@code keys.curves} */
    public AllowedKeys {
        rsa = Collections.unmodifiableSet(new TreeSet<>(rsa));
        curves = Collections.unmodifiableSet(new TreeSet<>(curves));
        InvalidProfileException.unless(!rsa.isEmpty() || !curves.isEmpty(), "keys.rsa", "no key at all is allowed");
        for (int bits : rsa) {
            InvalidProfileException.unless(
                    bits >= LEAST_BITS && bits <= MOST_BITS && bits % 8 == 0,
                    "keys.rsa",
                    bits + " is not a length of " + LEAST_BITS + " to " + MOST_BITS + " bits in whole bytes");
        }
        for (String curve : curves) {
            InvalidProfileException.unless(
                    RequestedKey.CURVES.containsValue(curve),
                    "keys.curves",
                    "%s is none of P-256, P-384, P-521".formatted(Texts.quoted(curve)));
        }
    }
}
