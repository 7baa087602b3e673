package org.scepgate.policy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The ways in which a modulus of an allowed size gives its factors away; each check is bounded in time. */
record RsaModulus(BigInteger value) {
    private static final int LARGEST_SMALL_PRIME = 751;
    private static final int FERMAT_ROUNDS = 100;
    private static final BigInteger SMALL_PRIMES = product(primes(LARGEST_SMALL_PRIME));
    /** The same in products of 31 bits at most, by which to divide costs little. */
    private static final List<Product> SMALL_PRODUCTS = products(primes(LARGEST_SMALL_PRIME));
    /** Those of the fingerprint that divide ROCA's primorial and tell something (Nemec and others, CCS 2017). */
    private static final Map<Integer, BitSet> ROCA =
            powersOf65537(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157);

    private static final BigInteger ROCA_PRODUCT = product(ROCA.keySet());
    /** What squares leave modulo these: of a hundred numbers, one is worth a square root. */
    private static final List<Squares> SQUARES =
            IntStream.of(64, 63, 65, 11).mapToObj(Squares::of).toList();

    private static final BigInteger SQUARE_MODULUS = BigInteger.valueOf(64 * 63 * 65 * 11);

    private record Squares(int modulus, BitSet rests) {
        static Squares of(int modulus) {
            BitSet rests = new BitSet();
            IntStream.range(0, modulus).map(n -> n * n % modulus).forEach(rests::set);
            return new Squares(modulus, rests);
        }

        boolean mayHold(int number) {
            return rests.get(number % modulus);
        }
    }

    private record Product(int product, int[] primes) {
        static Product of(List<Integer> primes) {
            return new Product(
                    RsaModulus.product(primes).intValue(),
                    primes.stream().mapToInt(Integer::intValue).toArray());
        }

        /** @param rest of a number, modulo the product */
        boolean hasFactorOf(long rest) {
            for (int prime : primes) {
                if (rest % prime == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One long division and forty short ones: some ten microseconds. */
    boolean hasSmallFactor() {
        int[] rest = words(value.mod(SMALL_PRIMES));
        return SMALL_PRODUCTS.stream().anyMatch(some -> some.hasFactorOf(remainder(rest, some.product())));
    }

    /** The magnitude of a number in words of 32 bits, the most significant first. */
    private static int[] words(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int[] words = new int[(bytes.length + 3) / 4];
        ByteBuffer.allocate(4 * words.length)
                .put(4 * words.length - bytes.length, bytes)
                .asIntBuffer()
                .get(words);
        return words;
    }

    private static long remainder(int[] words, int divisor) {
        long rest = 0;
        for (int word : words) {
            rest = (rest << 32 | Integer.toUnsignedLong(word)) % divisor;
        }
        return rest;
    }

    /** CVE-2017-15361: modulo each prime a power of 65537, by chance once in 2^27; a division, some microseconds. */
    boolean isRoca() {
        BigInteger rest = value.mod(ROCA_PRODUCT);
        return ROCA.entrySet().stream()
                .allMatch(prime -> prime.getValue()
                        .get(rest.mod(BigInteger.valueOf(prime.getKey())).intValue()));
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
        // (mean + round)^2 - value
        return IntStream.range(0, FERMAT_ROUNDS)
                .filter(round -> mayBeSquare(rest + round * stepRest + round * round))
                .mapToObj(BigInteger::valueOf)
                .anyMatch(round -> isSquare(first.add(step.add(round).multiply(round))));
    }

    private static boolean mayBeSquare(int rest) {
        return SQUARES.stream().allMatch(squares -> squares.mayHold(rest));
    }

    private static boolean isSquare(BigInteger number) {
        return number.sqrtAndRemainder()[1].signum() == 0;
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

    private static BigInteger product(Collection<Integer> factors) {
        return factors.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    private static List<Product> products(List<Integer> primes) {
        List<Product> products = new ArrayList<>();
        List<Integer> some = new ArrayList<>();
        for (int prime : primes) {
            if (product(some).longValue() * prime > Integer.MAX_VALUE) {
                products.add(Product.of(some));
                some.clear();
            }
            some.add(prime);
        }
        products.add(Product.of(some));
        return List.copyOf(products);
    }

    /** Not two hundred digits. */
    @Override
    public String toString() {
        return "RsaModulus[" + value.bitLength() + "]";
    }
}
