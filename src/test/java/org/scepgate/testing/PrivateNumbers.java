package org.scepgate.testing;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Map;

/** The numbers that a private key can be told from. */
public final class PrivateNumbers {
    private PrivateNumbers() {}

    /** By the name of the key, and which of its numbers it is. */
    public static Map<String, BigInteger> of(String name, PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return Map.of(
                    name + ": prime", rsa.getPrimeP(),
                    name + ": other prime", rsa.getPrimeQ(),
                    name + ": exponent", rsa.getPrivateExponent());
        }
        if (key instanceof ECPrivateKey elliptic) {
            return Map.of(name + ": scalar", elliptic.getS());
        }
        throw new IllegalArgumentException(name + " is a key of another kind: " + key.getAlgorithm());
    }
}
