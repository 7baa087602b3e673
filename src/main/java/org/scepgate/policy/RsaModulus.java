package org.scepgate.policy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The ways in which a modulus of an allowed size gives its factors away; each check is bounded in time. Every enrolment
 * passes them, hence loops over plain numbers.
 */
final class RsaModulus {
    private static final int FERMAT_ROUNDS = 100;

    /** Up to 751, as others check. */
    private static final int[] PRIMES = IntStream.rangeClosed(2, 751)
            .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0))
            .toArray();

    private static final BigInteger PRODUCT =
            Arrays.stream(PRIMES).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);

    /** For each prime, what the words of a number below the product count for, the least significant first. */
    private static final int[][] WEIGHTS =
            Arrays.stream(PRIMES).mapToObj(RsaModulus::weights).toArray(int[][]::new);

    /** Those of the fingerprint that divide ROCA's primorial and tell something (Nemec and others, CCS 2017). */
    private static final int[] ROCA = IntStream.of(
                    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
            .map(prime -> Arrays.binarySearch(PRIMES, prime))
            .toArray();

    private static final BitSet[] ROCA_RESTS =
            Arrays.stream(ROCA).mapToObj(at -> powersOf65537(PRIMES[at])).toArray(BitSet[]::new);

    /** What squares leave modulo these: of a hundred numbers, one is worth a square root. */
    private static final int[] MODULI = {64, 63, 65, 11};

    private static final BitSet[] SQUARES =
            Arrays.stream(MODULI).mapToObj(RsaModulus::squares).toArray(BitSet[]::new);

    private static final BigInteger SQUARE_MODULUS = BigInteger.valueOf(64 * 63 * 65 * 11);

    private final BigInteger value;

    /** Modulo each of the primes. */
    private final int[] rests;

    /** One long division and, for each prime, a sum of products and a short division: some microseconds. */
    RsaModulus(BigInteger value) {
        this.value = value;
        int[] words = words(value.mod(PRODUCT));
        this.rests = new int[PRIMES.length];
        for (int prime = 0; prime < PRIMES.length; prime++) {
            int[] weights = WEIGHTS[prime];
            long sum = 0;
            // At most 33 products of 42 bits.
            for (int word = 0; word < words.length; word++) {
                sum += Integer.toUnsignedLong(words[word]) * weights[word];
            }
            rests[prime] = (int) (sum % PRIMES[prime]);
        }
    }

    boolean hasSmallFactor() {
        for (int rest : rests) {
            if (rest == 0) {
                return true;
            }
        }
        return false;
    }

    /** CVE-2017-15361: modulo each prime a power of 65537, by chance once in 2^27. */
    boolean isRoca() {
        for (int i = 0; i < ROCA.length; i++) {
            if (!ROCA_RESTS[i].get(rests[ROCA[i]])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Fermat's factorization (CVE-2022-26320): a root to begin with, then a hundred differences of squares, of which some
     * small rests are followed and one or the other is worth a root; for 4096 bits some fifty microseconds.
     */
    boolean hasClosePrimes() {
        BigInteger root = value.sqrt();
        BigInteger mean = root.multiply(root).equals(value) ? root : root.add(BigInteger.ONE);
        BigInteger first = mean.multiply(mean).subtract(value);
        BigInteger step = mean.shiftLeft(1);
        int rest = first.mod(SQUARE_MODULUS).intValue();
        int stepRest = step.mod(SQUARE_MODULUS).intValue();
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            // (mean + round)^2 - value
            if (mayBeSquare(rest + round * stepRest + round * round)) {
                BigInteger rounds = BigInteger.valueOf(round);
                if (isSquare(first.add(step.add(rounds).multiply(rounds)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayBeSquare(int rest) {
        for (int i = 0; i < MODULI.length; i++) {
            if (!SQUARES[i].get(rest % MODULI[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSquare(BigInteger number) {
        return number.sqrtAndRemainder()[1].signum() == 0;
    }

    /** The magnitude of a number in words of 32 bits, the least significant first. */
    private static int[] words(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int[] words = new int[(bytes.length + 3) / 4];
        ByteBuffer.allocate(4 * words.length)
                .put(4 * words.length - bytes.length, bytes)
                .asIntBuffer()
                .get(words);
        for (int low = 0, high = words.length - 1; low < high; low++, high--) {
            int word = words[low];
            words[low] = words[high];
            words[high] = word;
        }
        return words;
    }

    private static int[] weights(int prime) {
        return IntStream.iterate(1, weight -> (int) ((1L << 32) % prime * weight % prime))
                // A word more than the product has, for the octet of its sign.
                .limit(PRODUCT.bitLength() / 32 + 2)
                .toArray();
    }

    private static BitSet powersOf65537(int prime) {
        BitSet powers = new BitSet();
        for (int power = 1; !powers.get(power); power = power * (65537 % prime) % prime) {
            powers.set(power);
        }
        return powers;
    }

    private static BitSet squares(int modulus) {
        BitSet rests = new BitSet();
        IntStream.range(0, modulus).map(n -> n * n % modulus).forEach(rests::set);
        return rests;
    }
}
