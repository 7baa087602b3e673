package org.scepgate.policy;

/** The kind of key a request wants certified, read from its ASN.1 without any arithmetic. */
public sealed interface RequestedKey {

    /** An RSA key with its modulus length. */
    record Rsa(int bits) implements RequestedKey {}

    /** A key on a named curve: {@code P-256} and its like, or the OID of a curve we do not name. */
    record Ec(String curve) implements RequestedKey {}

    /** Any other key, or one that cannot be read. */
    record Other(String description) implements RequestedKey {}
}
