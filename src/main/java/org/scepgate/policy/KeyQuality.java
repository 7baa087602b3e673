package org.scepgate.policy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * Refuses keys of an allowed kind that somebody else may have, too: weak, broken or published ones.
 *
 * <p>Asked last, of requests that would be signed otherwise: it takes up to a tenth of a millisecond, which must neither be had for
 * nothing nor tell a stranger anything (ADR 0003).
 */
final class KeyQuality {
    private static final int MOST_EXPONENT_BITS = 32;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

    private KeyQuality() {}

    /** What other rules found, or else what is wrong with the key. */
    static List<Violation> after(List<Violation> others, EnrollmentRequest request) {
        return others.isEmpty()
                ? violations(request.csr(), request.profile().allowedKeys().blocklist())
                : others;
    }

    private static List<Violation> violations(Csr csr, KeyBlocklist blocklist) {
        if (blocklist.holds(csr)) {
            return List.of(new Violation(Rule.KEY_BLOCKED, "a key that is on no blocklist", csr.spkiSha256()));
        }
        return csr.key().fold(rsa -> ofRsa(csr.publicKey()), ec -> ofPoint(csr.publicKey()), other -> List.of());
    }

    private static List<Violation> ofRsa(SubjectPublicKeyInfo key) {
        try {
            ASN1Sequence numbers = ASN1Sequence.getInstance(key.parsePublicKey());
            RsaModulus modulus = new RsaModulus(
                    ASN1Integer.getInstance(numbers.getObjectAt(0)).getValue());
            BigInteger exponent =
                    ASN1Integer.getInstance(numbers.getObjectAt(1)).getValue();
            // The cheap ones first; one finding is enough.
            return Stream.of(ofExponent(exponent), ofFactors(modulus))
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return List.of(new Violation(Rule.KEY_TYPE, "a readable RSA key", "another"));
        }
    }

    private static List<Violation> ofExponent(BigInteger exponent) {
        boolean fit = exponent.compareTo(LEAST_EXPONENT) >= 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS
                && exponent.testBit(0);
        return RequestRules.unless(
                fit,
                () -> new Violation(Rule.KEY_EXPONENT, "an odd exponent from 3 to below 2^32", exponent.toString()));
    }

    private static List<Violation> ofFactors(RsaModulus modulus) {
        if (modulus.hasSmallFactor()) {
            return List.of(new Violation(Rule.KEY_SMALL_FACTOR, "two large primes", "a small factor"));
        }
        if (modulus.isRoca()) {
            return List.of(new Violation(Rule.KEY_ROCA, "random primes", "the fingerprint of ROCA"));
        }
        return RequestRules.unless(
                !modulus.hasClosePrimes(),
                () -> new Violation(Rule.KEY_CLOSE_PRIMES, "primes far apart", "primes next to each other"));
    }

    private static List<Violation> ofPoint(SubjectPublicKeyInfo key) {
        return RequestRules.unless(
                isOnCurve(key), () -> new Violation(Rule.KEY_POINT, "a point of the curve", "another"));
    }

    // Some 50 microseconds: the cofactor of these curves is 1, so that no order is checked.
    private static boolean isOnCurve(SubjectPublicKeyInfo key) {
        if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid)) {
            return false;
        }
        X9ECParameters curve = CustomNamedCurves.getByOID(oid);
        try {
            return curve != null
                    && !curve.getCurve()
                            .decodePoint(key.getPublicKeyData().getBytes())
                            .isInfinity();
        } catch (IllegalArgumentException notOnTheCurve) {
            return false;
        }
    }
}
