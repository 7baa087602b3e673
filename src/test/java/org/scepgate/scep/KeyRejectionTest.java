package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.scepgate.scep.Decoding.rejected;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRejectionTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @ParameterizedTest(name = "{0}")
    @MethodSource({"signerKeys", "csrKeys", "csrSignatures"})
    void rejects(String what, byte[] request, FailInfo failInfo, String reason) {
        RejectedMessage rejected = rejected(request);

        assertThat(rejected.failInfo()).isEqualTo(failInfo);
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.replyTo().transactionId().value()).isEqualTo("7XXEY-ERLPU-2JDR9");
    }

    /** Keys that must be refused by their looks: each is signed for with nonsense, which nobody gets to verify. */
    static Stream<Arguments> signerKeys() {
        BigInteger good = Keys.rsa(2048).getPublic() instanceof java.security.interfaces.RSAPublicKey key
                ? key.getModulus()
                : BigInteger.ONE;
        return Stream.of(
                        rsa(odd(1024), F4),
                        rsa(odd(2047), F4),
                        rsa(odd(8193), F4),
                        rsa(odd(16384), F4),
                        rsa(odd(16384), BigInteger.ONE.shiftLeft(16383).setBit(0)),
                        rsa(good.subtract(BigInteger.ONE), F4),
                        rsa(good.negate(), F4),
                        rsa(good, BigInteger.ONE),
                        rsa(good, BigInteger.valueOf(65536)),
                        rsa(good, BigInteger.valueOf(-3)),
                        rsa(good, BigInteger.ONE.shiftLeft(40).setBit(0)),
                        new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), new byte[] {5, 0}))
                .map(KeyRejectionTest::signedByNonsense)
                .map(request -> row("key", request, FailInfo.BAD_ALG, "signer-key"));
    }

    private static RequestBuilder signedByNonsense(SubjectPublicKeyInfo key) {
        X509CertificateHolder certificate = Keys.certificate("CN=a", "CN=a", key, Keys.OTHER, BigInteger.ONE);
        return request().signer(Keys.OTHER, certificate);
    }

    static Stream<Arguments> csrSignatures() {
        return Stream.of(
                csr(Keys.info(Keys.DEVICE), FailInfo.BAD_MESSAGE_CHECK, "csr-signature-invalid"),
                csr(Keys.info(Keys.EC), FailInfo.BAD_REQUEST, "unreadable-csr-signature"),
                csr(Keys.DEVICE, "SHA1withRSA", FailInfo.BAD_ALG, "csr-algorithm"),
                csr(Keys.DEVICE, "MD5withRSA", FailInfo.BAD_ALG, "csr-algorithm"),
                csr(Keys.OTHER, "SHA1withRSA", FailInfo.BAD_REQUEST, "unreadable-csr-algorithm"));
    }

    static Stream<Arguments> csrKeys() {
        return Stream.of(
                        rsa(odd(1024), F4),
                        rsa(odd(16384), F4),
                        rsa(odd(2048).clearBit(0), F4),
                        point(new byte[65]),
                        point(new byte[] {0}),
                        point(onlyPrefix((byte) 4)),
                        point(onlyPrefix((byte) 6)),
                        new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(
                                        X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256k1),
                                Keys.info(Keys.EC).getPublicKeyData().getBytes()),
                        new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112")), new byte[32]))
                .map(key -> csr(key, FailInfo.BAD_REQUEST, "unreadable-csr-key"));
    }

    private static Arguments csr(KeyPair key, String algorithm, FailInfo failInfo, String reason) {
        return row(algorithm, request().csr(Csrs.of(key, algorithm)), failInfo, reason);
    }

    /** The CSR asks for a key, and another one has signed it. */
    private static Arguments csr(SubjectPublicKeyInfo key, FailInfo failInfo, String reason) {
        return row("CSR", request().csr(Csrs.of(key, Keys.OTHER, "SHA256withRSA")), failInfo, reason);
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        return sure(() -> new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(modulus, exponent)));
    }

    private static BigInteger odd(int bits) {
        return new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
    }

    private static SubjectPublicKeyInfo point(byte[] point) {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                new DERBitString(point).getBytes());
    }

    private static byte[] onlyPrefix(byte prefix) {
        byte[] point = new byte[65];
        point[0] = prefix;
        return point;
    }

    private static RequestBuilder request() {
        return new RequestBuilder();
    }

    private static Arguments row(String what, RequestBuilder request, FailInfo failInfo, String reason) {
        return arguments(what, request.build(), failInfo, reason);
    }
}
