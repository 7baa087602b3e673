package org.scepgate.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keys of devices, good and hostile ones, all made at test time. */
public final class TestKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private TestKeys() {}

    /** A fresh RSA-2048 key pair. */
    public static KeyPair rsa() {
        return rsa(2048);
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Many RSA-2048 key pairs in a short time: every pair of a few primes makes one. */
    public static List<KeyPair> manyRsa(int count) {
        List<BigInteger> primes = new ArrayList<>();
        List<KeyPair> pairs = new ArrayList<>();
        while (pairs.size() < count) {
            BigInteger prime = prime(1024);
            primes.stream()
                    .limit(count - pairs.size())
                    .map(other -> crtPair(prime, other))
                    .forEach(pairs::add);
            primes.add(prime);
        }
        return pairs;
    }

    /** An RSA key of 16,384 bits that truly signs; always the same in one run, since it takes seconds to make. */
    public static KeyPair rsa16384() {
        return Huge.KEY;
    }

    /** An RSA-2048 key that truly signs though 2 divides its modulus. */
    public static KeyPair rsaWithEvenModulus() {
        return ofPrimes(List.of(BigInteger.TWO, prime(1024), prime(1023)));
    }

    private static KeyPair ofPrimes(List<BigInteger> primes) {
        BigInteger modulus = primes.stream().reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger phi =
                primes.stream().map(p -> p.subtract(BigInteger.ONE)).reduce(BigInteger.ONE, BigInteger::multiply);
        RSAPrivateKeySpec privateKey = new RSAPrivateKeySpec(modulus, F4.modInverse(phi));
        return pair(new RSAPublicKeySpec(modulus, F4), privateKey);
    }

    private static KeyPair crtPair(BigInteger p, BigInteger q) {
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = F4.modInverse(p1.multiply(q1));
        BigInteger n = p.multiply(q);
        KeySpec privateKey = new RSAPrivateCrtKeySpec(n, F4, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p));
        return pair(new RSAPublicKeySpec(n, F4), privateKey);
    }

    private static KeyPair pair(KeySpec publicKey, KeySpec privateKey) {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(factory.generatePublic(publicKey), factory.generatePrivate(privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A prime with its two highest bits set, so that products have the full length, and fit for the exponent 65537. */
    private static BigInteger prime(int bits) {
        while (true) {
            BigInteger prime = BigInteger.probablePrime(bits, RANDOM);
            boolean fits = prime.testBit(bits - 2)
                    && prime.subtract(BigInteger.ONE).gcd(F4).equals(BigInteger.ONE);
            if (fits) {
                return prime;
            }
        }
    }

    private static final class Huge {
        // Sixteen primes are found much sooner than two that are eight times as long.
        private static final KeyPair KEY =
                ofPrimes(Stream.generate(() -> prime(1024)).limit(16).toList());
    }
}
