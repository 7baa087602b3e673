package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.TestKeys;

/** Keys of an allowed kind that are refused all the same. */
class KeyQualityTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger E = BigInteger.valueOf(65537);
    /** Up to 751. */
    private static final int NUMBER_OF_SMALL_PRIMES = 133;

    private static List<Rule> found(SubjectPublicKeyInfo key, KeyBlocklist blocklist) {
        AllowedKeys allowed = new AllowedKeys(Set.of(2048), Set.of("P-256"), blocklist);
        EnrollmentRequest request = request(Requests.profile(allowed, false), key);
        return KeyQuality.after(List.of(), request).stream()
                .map(Violation::rule)
                .toList();
    }

    private static EnrollmentRequest request(Profile profile, SubjectPublicKeyInfo key) {
        return new EnrollmentRequest(profile, Requests.csr("CN=device-42", key), true, Optional.empty());
    }

    private static List<Rule> found(SubjectPublicKeyInfo key) {
        return found(key, KeyBlocklist.NONE);
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        return Requests.rsa(modulus, exponent);
    }

    private static BigInteger prime(int bits) {
        return BigInteger.probablePrime(bits, RANDOM);
    }

    @Test
    void acceptsOrdinaryKeys() {
        for (int i = 0; i < 3; i++) {
            assertThat(found(SubjectPublicKeyInfo.getInstance(
                            TestKeys.rsa().getPublic().getEncoded())))
                    .isEmpty();
        }
        assertThat(found(SubjectPublicKeyInfo.getInstance(
                        TestKeys.ec("secp256r1").getPublic().getEncoded())))
                .isEmpty();
    }

    @Test
    void refusesExponentsThatAreEvenOrLargeOrOne() {
        BigInteger modulus = prime(1024).multiply(prime(1024));

        assertThat(found(rsa(modulus, BigInteger.ONE))).containsExactly(Rule.KEY_EXPONENT);
        assertThat(found(rsa(modulus, BigInteger.valueOf(65536)))).containsExactly(Rule.KEY_EXPONENT);
        assertThat(found(rsa(modulus, BigInteger.ONE.shiftLeft(32).add(BigInteger.ONE))))
                .containsExactly(Rule.KEY_EXPONENT);
        assertThat(found(rsa(modulus, BigInteger.valueOf(3)))).isEmpty();
    }

    @Test
    void refusesASmallFactor() {
        assertThat(found(rsa(prime(2038).multiply(BigInteger.valueOf(751)), E))).containsExactly(Rule.KEY_SMALL_FACTOR);
    }

    @Test
    void findsEachSmallFactorInANumberOfAnyLength() {
        for (int bits : List.of(11, 31, 32, 33, 1024, 4096)) {
            BigInteger rest = withoutSmallFactor(bits);
            for (BigInteger prime = BigInteger.TWO; prime.intValue() <= 751; prime = prime.nextProbablePrime()) {
                assertThat(new RsaModulus(rest.multiply(prime)).hasSmallFactor())
                        .as(prime + " in a number of " + bits + " bits more")
                        .isTrue();
            }
            assertThat(new RsaModulus(rest.multiply(BigInteger.valueOf(757))).hasSmallFactor())
                    .isFalse();
        }
    }

    /** No prime: one of so many bits takes seconds to find. */
    private static BigInteger withoutSmallFactor(int bits) {
        BigInteger small = productOfFirst(NUMBER_OF_SMALL_PRIMES);
        return Stream.generate(() -> new BigInteger(bits, RANDOM).setBit(bits - 1))
                .filter(number -> number.gcd(small).equals(BigInteger.ONE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesPrimesNextToEachOther() {
        BigInteger prime = prime(1024);

        assertThat(found(rsa(prime.multiply(prime.nextProbablePrime()), E))).containsExactly(Rule.KEY_CLOSE_PRIMES);
        assertThat(found(rsa(prime.multiply(prime), E))).containsExactly(Rule.KEY_CLOSE_PRIMES);
    }

    /** With as many primes in M as Infineon's library took for keys of that length. */
    @ParameterizedTest
    @CsvSource({"2048, 126", "3072, 126", "4096, 225"})
    void refusesTheFingerprintOfRoca(int bits, int primes) {
        BigInteger product = productOfFirst(primes);

        assertThat(found(rsa(rocaPrime(bits / 2, product).multiply(rocaPrime(bits / 2, product)), E)))
                .containsExactly(Rule.KEY_ROCA);
    }

    private static BigInteger productOfFirst(int primes) {
        return Stream.iterate(BigInteger.TWO, BigInteger::nextProbablePrime)
                .limit(primes)
                .reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** As that library made them: k * M + (65537^a mod M). */
    private static BigInteger rocaPrime(int bits, BigInteger product) {
        Random random = RANDOM;
        int rest = bits - product.bitLength();
        BigInteger candidate;
        do {
            BigInteger power = E.modPow(new BigInteger(200, random), product);
            BigInteger factor = new BigInteger(rest, random).setBit(rest - 1);
            candidate = factor.multiply(product).add(power);
        } while (!candidate.isProbablePrime(10));
        return candidate;
    }

    @Test
    void refusesWhatIsNoPointOfTheCurve() {
        byte[] point =
                Requests.ec(SECObjectIdentifiers.secp256r1).getPublicKeyData().getBytes();
        point[point.length - 1] ^= 1;
        AlgorithmIdentifier p256 =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

        assertThat(found(new SubjectPublicKeyInfo(p256, point))).containsExactly(Rule.KEY_POINT);
        assertThat(found(new SubjectPublicKeyInfo(p256, new byte[] {0}))).containsExactly(Rule.KEY_POINT);
    }

    @Test
    void refusesABlockedKey() {
        String hash = Csr.sha256Of(Requests.KEY);
        KeyBlocklist blocklist = KeyBlocklist.parse(List.of("# compromised", "", hash.toUpperCase(Locale.ROOT)));

        assertThat(found(Requests.KEY, blocklist)).containsExactly(Rule.KEY_BLOCKED);
        assertThat(found(Requests.OTHER_KEY, blocklist)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyBlocklist.parse(List.of(hash, "not a hash")))
                .withMessageContaining("line 2");
    }

    @Test
    void looksAtNoKeyThatOtherRulesRefuse() {
        Violation other = new Violation(Rule.KEY_SIZE, "2048", "1024");
        EnrollmentRequest request = request(Requests.PROFILE, rsa(prime(1024).pow(2), E));

        assertThat(KeyQuality.after(List.of(other), request)).containsExactly(other);
    }

    @Test
    void takesNoLongTimeForTheLargestKey() {
        List<RsaModulus> moduli = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            moduli.add(new RsaModulus(new BigInteger(4096, RANDOM).setBit(4095).setBit(0)));
        }
        moduli.forEach(RsaModulus::hasClosePrimes);
        long start = System.nanoTime();

        moduli.forEach(modulus -> assertThat(modulus.hasClosePrimes()).isFalse());

        // A tenth of a second each would already be a fault; in quiet it is under a millisecond.
        assertThat(System.nanoTime() - start).isLessThan(200 * 100_000_000L);
    }
}
