package org.scepgate.policy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The ways in which a modulus of an allowed size gives its factors away; each check is bounded in time. */
record RsaModulus(BigInteger value) {
    private static final int LARGEST_SMALL_PRIME = 751;
    private static final int FERMAT_ROUNDS = 100;
    private static final int SQUARE_FILTER = 64;
    private static final BigInteger SMALL_PRIMES =
            primes(LARGEST_SMALL_PRIME).stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    /** Those of the fingerprint that divide ROCA's primorial and tell something (Nemec and others, CCS 2017). */
    private static final Map<Integer, BitSet> ROCA =
            powersOf65537(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157);

    private static final BigInteger ROCA_PRODUCT =
            ROCA.keySet().stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    /** Squares modulo 64: of a hundred numbers, 19 are worth a square root. */
    private static final BitSet SQUARES = squares();

    /** One division and one gcd of a thousand bits: some 20 microseconds. */
    boolean hasSmallFactor() {
        return !value.mod(SMALL_PRIMES).gcd(SMALL_PRIMES).equals(BigInteger.ONE);
    }

    /** CVE-2017-15361: modulo each prime a power of 65537, by chance once in 2^27; a division, some microseconds. */
    boolean isRoca() {
        BigInteger rest = value.mod(ROCA_PRODUCT);
        return ROCA.entrySet().stream()
                .allMatch(prime -> prime.getValue()
                        .get(rest.mod(BigInteger.valueOf(prime.getKey())).intValue()));
    }

    /**
     * Fermat's factorization (CVE-2022-26320): a root to begin with, then additions and about 20 roots of small numbers;
     * for 4096 bits less than a millisecond.
     */
    boolean hasClosePrimes() {
        BigInteger mean = value.sqrt();
        if (mean.multiply(mean).compareTo(value) < 0) {
            mean = mean.add(BigInteger.ONE);
        }
        BigInteger square = mean.multiply(mean).subtract(value);
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            if (isSquare(square)) {
                return true;
            }
            square = square.add(mean.shiftLeft(1)).add(BigInteger.ONE);
            mean = mean.add(BigInteger.ONE);
        }
        return false;
    }

    private static boolean isSquare(BigInteger number) {
        if (!SQUARES.get(number.intValue() & (SQUARE_FILTER - 1))) {
            return false;
        }
        BigInteger[] root = number.sqrtAndRemainder();
        return root[1].signum() == 0;
    }

    private static BitSet squares() {
        BitSet squares = new BitSet();
        IntStream.range(0, SQUARE_FILTER).map(n -> n * n % SQUARE_FILTER).forEach(squares::set);
        return squares;
    }

    private static Map<Integer, BitSet> powersOf65537(int... primes) {
        Map<Integer, BitSet> powers = new TreeMap<>();
        Arrays.stream(primes).forEach(prime -> powers.put(prime, powersModulo(prime)));
        return powers;
    }

    private static BitSet powersModulo(int prime) {
        BitSet powers = new BitSet();
        for (int power = 1; !powers.get(power); power = power * (65537 % prime) % prime) {
            powers.set(power);
        }
        return powers;
    }

    private static List<Integer> primes(int largest) {
        return IntStream.rangeClosed(2, largest)
                .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0))
                .boxed()
                .toList();
    }

    /** Not two hundred digits. */
    @Override
    public String toString() {
        return "RsaModulus[" + value.bitLength() + "]";
    }
}
