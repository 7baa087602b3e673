package org.scepgate.interop;

import static org.scepgate.interop.Attack.badAlg;
import static org.scepgate.interop.Attack.badMessageCheck;
import static org.scepgate.interop.Attack.badRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.scepgate.interop.Attack.Means;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestKeys;

/** Messages in good order around content that is not. */
final class HostileContent {
    private HostileContent() {}

    static List<Attack> attacks() {
        return List.of(
                badRequest("empty content", means -> around(means, new byte[0])),
                badRequest("garbage", means -> around(means, new byte[] {1, 2, 3})),
                badRequest("2,000 levels of BER", means -> around(means, HostileBytes.nested(2_000))),
                badRequest("a CSR and one byte more", means -> around(means, longer(means))),
                badRequest("a CSR in BER", means -> around(means, ber(means))),
                badRequest("an IssuerAndSubject", means -> around(means, issuerAndSubject(means))),
                badRequest(
                        "an inner content type of signedData",
                        means -> enveloped(means, envelope -> envelope.contentType(CMSObjectIdentifiers.signedData))),
                badRequest("wrong RSA padding", means -> enveloped(means, EnvelopeBuilder::wrongKeyPadding)),
                badRequest("a content key of five bytes", means -> enveloped(means, EnvelopeBuilder::wrongKeyLength)),
                badRequest("wrong CBC padding", means -> enveloped(means, EnvelopeBuilder::wrongContentPadding)),
                badRequest("no challengePassword", means -> csr(means, unchallenged(means))),
                badRequest(
                        "two challengePasswords",
                        means -> csr(means, means.csr().challenge("second"))),
                badRequest(
                        "the challengePassword twice",
                        means -> csr(
                                means, means.csr().challenge(means.challenge().secret()))),
                badRequest(
                        "a challengePassword with two values",
                        means -> csr(
                                means,
                                unchallenged(means).challenge(means.challenge().secret(), "second"))),
                badRequest(
                        "a challengePassword that is a number",
                        means -> csr(means, unchallenged(means).challenge(new ASN1Integer(42)))),
                badMessageCheck(
                        "a CSR signed by another key",
                        means -> csr(means, means.csr().signedBy(TestKeys.rsa().getPrivate()))),
                badRequest(
                        "another's CSR signed by a third key",
                        means -> csr(
                                means,
                                other(means, TestKeys.rsa())
                                        .signedBy(TestKeys.rsa().getPrivate()))),
                badAlg("a CSR signed with MD5", means -> csr(means, means.csr().signature("MD5withRSA"))),
                badAlg(
                        "a CSR signed with SHA-1",
                        means -> csr(means, means.csr().signature("SHA1withRSA"))),
                badRequest("a CSR for an RSA-1024 key", forKey(() -> TestKeys.rsa(1024))),
                badRequest("a CSR for an RSA-16384 key", forKey(TestKeys::rsa16384)),
                badRequest("a CSR for an even modulus", forKey(TestKeys::rsaWithEvenModulus)),
                badRequest("a CSR for a key with the exponent 1", means -> csr(means, exponentOne(means))),
                badRequest("a CSR for a point off its curve", means -> csr(means, offCurve(means))),
                badRequest("the CA's own name", means -> csr(means, named(means, authority(means)))),
                badRequest("an empty name", means -> csr(means, named(means, new X500Name("")))),
                badRequest(
                        "a request for the usages of a CA",
                        means -> csr(
                                means,
                                means.csr().extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)))),
                badRequest(
                        "a request to become a CA",
                        means -> csr(
                                means,
                                means.csr().extension(Extension.basicConstraints, true, new BasicConstraints(true)))));
    }

    static byte[] issuerAndSubject(Means means) {
        return encoded(new DERSequence(new ASN1Encodable[] {authority(means), new X500Name(Means.SUBJECT)}));
    }

    static byte[] issuerAndSerial(Means means) {
        return encoded(new IssuerAndSerialNumber(authority(means), BigInteger.ONE));
    }

    private static X500Name authority(Means means) {
        return means.device().authority().authority().getSubject();
    }

    private static byte[] around(Means means, byte[] content) {
        return means.device().request(content).build();
    }

    private static byte[] csr(Means means, TestCsr csr) {
        return around(means, csr.encoded());
    }

    private static byte[] enveloped(Means means, Function<EnvelopeBuilder, EnvelopeBuilder> change) {
        EnvelopeBuilder envelope = means.device().envelope(means.csr().encoded());
        return means.device().request(change.apply(envelope)).build();
    }

    private static TestCsr unchallenged(Means means) {
        return TestCsr.of(means.device().keys()).subject(Means.SUBJECT);
    }

    private static TestCsr named(Means means, X500Name name) {
        return means.csr().subject(name);
    }

    private static TestCsr other(Means means, KeyPair keys) {
        return TestCsr.of(keys)
                .subject(Means.SUBJECT)
                .challenge(means.challenge().secret());
    }

    private static Function<Means, byte[]> forKey(Supplier<KeyPair> keys) {
        return means -> csr(means, other(means, keys.get()));
    }

    private static TestCsr exponentOne(Means means) {
        BigInteger modulus =
                ((java.security.interfaces.RSAPublicKey) TestKeys.rsa().getPublic()).getModulus();
        try {
            SubjectPublicKeyInfo key = new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, BigInteger.ONE));
            return strange(means, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestCsr offCurve(Means means) {
        SubjectPublicKeyInfo good = SubjectPublicKeyInfo.getInstance(
                TestKeys.ec("secp256r1").getPublic().getEncoded());
        byte[] point = good.getPublicKeyData().getBytes();
        point[point.length - 1] ^= 1;
        return strange(means, new SubjectPublicKeyInfo(good.getAlgorithm(), point));
    }

    private static TestCsr strange(Means means, SubjectPublicKeyInfo key) {
        return TestCsr.of(key, means.device().keys().getPrivate())
                .subject(Means.SUBJECT)
                .challenge(means.challenge().secret());
    }

    private static byte[] longer(Means means) {
        byte[] csr = means.csr().encoded();
        return Arrays.copyOf(csr, csr.length + 1);
    }

    private static byte[] ber(Means means) {
        try {
            return new BERSequence(
                            ASN1Sequence.getInstance(means.csr().encoded()).toArray())
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
