package org.scepgate.policy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The kind of key a request wants certified, read from its ASN.1 without any arithmetic. */
public sealed interface RequestedKey {

    /** The curves that are named, as NIST names them. */
    Map<ASN1ObjectIdentifier, String> CURVES = Map.of(
            X9ObjectIdentifiers.prime256v1, "P-256",
            SECObjectIdentifiers.secp384r1, "P-384",
            SECObjectIdentifiers.secp521r1, "P-521");

    <T> T fold(Function<Rsa, T> rsa, Function<Ec, T> ec, Function<Other, T> other);

    /** In words, such as {@code RSA 2048}. */
    @Override
    String toString();

    static RequestedKey of(SubjectPublicKeyInfo publicKey) {
        ASN1ObjectIdentifier algorithm = publicKey.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(publicKey);
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return ec(publicKey.getAlgorithm().getParameters());
        }
        return new Other("algorithm " + algorithm.getId());
    }

    private static RequestedKey rsa(SubjectPublicKeyInfo publicKey) {
        try {
            // Not Bouncy Castle's RSAPublicKey, which takes a negative INTEGER for a positive one.
            ASN1Sequence key = ASN1Sequence.getInstance(publicKey.parsePublicKey());
            BigInteger modulus = ASN1Integer.getInstance(key.getObjectAt(0)).getValue();
            return modulus.signum() > 0 && modulus.testBit(0)
                    ? new Rsa(modulus.bitLength())
                    : new Other("RSA with an even or negative modulus");
        } catch (IOException | RuntimeException unreadable) {
            // Bouncy Castle tells of what is no key by half a dozen unchecked exceptions.
            return new Other("RSA, unreadable");
        }
    }

    private static RequestedKey ec(ASN1Encodable parameters) {
        return parameters instanceof ASN1ObjectIdentifier curve
                ? new Ec(CURVES.getOrDefault(curve, curve.getId()))
                : new Ec("explicit parameters");
    }

    /** An RSA key with its modulus length. */
    record Rsa(int bits) implements RequestedKey {
        @Override
        public String toString() {
            return "RSA " + bits;
        }

        @Override
        public <T> T fold(Function<Rsa, T> rsa, Function<Ec, T> ec, Function<Other, T> other) {
            return rsa.apply(this);
        }
    }

    /** A key on a curve: {@code P-256} and its like, or the OID of a curve we do not name. */
    record Ec(String curve) implements RequestedKey {
        @Override
        public String toString() {
            return "EC " + curve;
        }

        @Override
        public <T> T fold(Function<Rsa, T> rsa, Function<Ec, T> ec, Function<Other, T> other) {
            return ec.apply(this);
        }
    }

    /** Any other key, or one that cannot be read. */
    record Other(String description) implements RequestedKey {
        @Override
        public String toString() {
            return description;
        }

        @Override
        public <T> T fold(Function<Rsa, T> rsa, Function<Ec, T> ec, Function<Other, T> other) {
            return other.apply(this);
        }
    }
}
