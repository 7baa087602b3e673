package org.scepgate.scep;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Keys of strangers: looked at as ASN.1 first, and made into a key object, with which somebody may calculate, only if
 * the numbers are of a size and form that cannot make the calculation long.
 */
final class PublicKeys {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_SIGNER_RSA_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;
    private static final BigInteger MAX_SIGNER_EXPONENT = BigInteger.valueOf(65537);
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
    private static final byte UNCOMPRESSED_POINT = 4;
    private static final Map<ASN1ObjectIdentifier, String> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, "secp256r1",
            SECObjectIdentifiers.secp384r1, "secp384r1",
            SECObjectIdentifiers.secp521r1, "secp521r1");

    private PublicKeys() {}

    /** Empty unless RSA of 2048 to 8192 bits (profiles take 4096 at most) or a point of P-256, P-384 or P-521. */
    static Optional<PublicKey> find(SubjectPublicKeyInfo info) {
        try {
            ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return findRsa(info);
            }
            return algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? findEc(info) : Optional.empty();
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** Of these keys, those that anybody may make us calculate with: RSA up to 4096 bits with e up to 65537. */
    static Optional<PublicKey> findOfSigner(SubjectPublicKeyInfo info) {
        return find(info)
                .filter(key -> !(key instanceof RSAPublicKey rsa)
                        || rsa.getModulus().bitLength() <= MAX_SIGNER_RSA_BITS
                                && rsa.getPublicExponent().compareTo(MAX_SIGNER_EXPONENT) <= 0);
    }

    /** Whether both are one key; how the encoding spells absent parameters makes no difference. */
    static boolean isSame(SubjectPublicKeyInfo one, SubjectPublicKeyInfo other) {
        return one.getAlgorithm().getAlgorithm().equals(other.getAlgorithm().getAlgorithm())
                && one.getPublicKeyData().equals(other.getPublicKeyData());
    }

    /** Whether an envelope can be encrypted to such a key. */
    static boolean canDecrypt(SubjectPublicKeyInfo info) {
        return info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private static Optional<PublicKey> findRsa(SubjectPublicKeyInfo info) throws UnreadableException {
        ASN1Encodable parameters = info.getAlgorithm().getParameters();
        RSAPublicKeySpec key = EncodingRules.DER.read(info.getPublicKeyData().getBytes(), PublicKeys::rsa);
        boolean acceptable = (parameters == null || DERNull.INSTANCE.equals(parameters))
                && isAcceptableModulus(key.getModulus())
                && isAcceptableExponent(key.getPublicExponent());
        return acceptable ? Optional.of(generate("RSA", key)) : Optional.empty();
    }

    // Not Bouncy Castle's RSAPublicKey, which takes negative numbers for positive ones.
    private static RSAPublicKeySpec rsa(ASN1Primitive key) {
        ASN1Sequence numbers = ASN1Sequence.getInstance(key);
        if (numbers.size() != 2) {
            throw new IllegalArgumentException("not an RSAPublicKey");
        }
        return new RSAPublicKeySpec(
                ASN1Integer.getInstance(numbers.getObjectAt(0)).getValue(),
                ASN1Integer.getInstance(numbers.getObjectAt(1)).getValue());
    }

    private static boolean isAcceptableModulus(BigInteger modulus) {
        return modulus.signum() > 0
                && modulus.bitLength() >= MIN_RSA_BITS
                && modulus.bitLength() <= MAX_RSA_BITS
                && modulus.testBit(0);
    }

    private static boolean isAcceptableExponent(BigInteger exponent) {
        return exponent.compareTo(MIN_EXPONENT) >= 0
                && exponent.bitLength() <= MAX_EXPONENT_BITS
                && exponent.testBit(0);
    }

    private static Optional<PublicKey> findEc(SubjectPublicKeyInfo info) {
        if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid) || !CURVES.containsKey(oid)) {
            return Optional.empty();
        }
        ECParameterSpec curve = parameters(CURVES.get(oid));
        int width = (curve.getCurve().getField().getFieldSize() + 7) / 8;
        byte[] point = info.getPublicKeyData().getBytes();
        if (point.length != 1 + 2 * width || point[0] != UNCOMPRESSED_POINT) {
            return Optional.empty();
        }
        ECPoint decoded = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + width)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + width, point.length)));
        return isOnCurve(decoded, curve.getCurve())
                ? Optional.of(generate("EC", new ECPublicKeySpec(decoded, curve)))
                : Optional.empty();
    }

    private static boolean isOnCurve(ECPoint point, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right =
                x.pow(2).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
    }

    private static ECParameterSpec parameters(String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no curve " + curve, e);
        }
    }

    private static PublicKey generate(String algorithm, KeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java refuses an ordinary " + algorithm + " key", e);
        }
    }
}
