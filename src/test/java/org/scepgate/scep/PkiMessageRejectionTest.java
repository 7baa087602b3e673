package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PkiMessageRejectionTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);
    private static final PkiMessageDecoder DECODER = new PkiMessageDecoder(List.of(Keys.recipient()), Set.of());

    @ParameterizedTest(name = "{0}")
    @MethodSource({"attributes", "algorithms", "signatures", "signerKeys", "envelopes", "contents", "csrs"})
    void rejects(String what, byte[] request, FailInfo failInfo, String reason) {
        RejectedMessage rejected = rejected(request);

        assertThat(rejected.failInfo()).isEqualTo(failInfo);
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.replyTo().transactionId().value()).isEqualTo("7XXEY-ERLPU-2JDR9");
    }

    static Stream<Arguments> attributes() {
        DERPrintableString pkcsReq = new DERPrintableString("19");
        DEROctetString nonce = new DEROctetString(RequestBuilder.NONCE);
        Stream<RequestBuilder> types = Stream.of(
                        "0", "3", "18", "23", "019", " 19", "19 ", "+19", "0x13", "99", "", "9999999999999999999")
                .map(text -> request().messageType(text));
        Stream<RequestBuilder> otherTypes = Stream.of(
                request().attribute(ScepAttributes.MESSAGE_TYPE),
                request().attribute(ScepAttributes.MESSAGE_TYPE, new DERUTF8String("19")),
                request().attribute(ScepAttributes.MESSAGE_TYPE, new DERIA5String("19")),
                request().attribute(ScepAttributes.MESSAGE_TYPE, pkcsReq, pkcsReq),
                request().attributeTwice(ScepAttributes.MESSAGE_TYPE, pkcsReq, pkcsReq),
                request().attributeTwice(ScepAttributes.MESSAGE_TYPE, pkcsReq, new DERPrintableString("20")));
        Stream<RequestBuilder> nonces = Stream.of(
                request().attribute(ScepAttributes.SENDER_NONCE),
                request().attribute(ScepAttributes.SENDER_NONCE, nonce, nonce),
                request().attribute(ScepAttributes.SENDER_NONCE, new DERPrintableString("0123456789abcdef")),
                request().attribute(ScepAttributes.SENDER_NONCE, new DEROctetString(new byte[0])),
                request().attribute(ScepAttributes.SENDER_NONCE, new DEROctetString(new byte[65])));
        return Stream.concat(
                Stream.concat(types, otherTypes)
                        .map(request -> row("type", request, FailInfo.BAD_REQUEST, "message-type")),
                nonces.map(request -> row("nonce", request, FailInfo.BAD_REQUEST, "sender-nonce")));
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                row("MD5", request().digest("MD5"), FailInfo.BAD_ALG, "digest-algorithm"),
                row("SHA-1", request().digest("SHA-1"), FailInfo.BAD_ALG, "digest-algorithm"),
                row("SHA-224", request().digest("SHA-224"), FailInfo.BAD_ALG, "digest-algorithm"),
                signature("other digest", PKCSObjectIdentifiers.sha512WithRSAEncryption),
                signature("MD5 in the signature", PKCSObjectIdentifiers.md5WithRSAEncryption),
                signature("a digest", NISTObjectIdentifiers.id_sha256),
                signature("PSS without parameters", PKCSObjectIdentifiers.id_RSASSA_PSS),
                cipher("DES", OIWObjectIdentifiers.desCBC, "DES", 8),
                cipher("3DES", PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24),
                row(
                        "RC2",
                        sealed(new EnvelopeBuilder()
                                .cipher(PKCSObjectIdentifiers.RC2_CBC, "AES", 16, 16)
                                .cipherParameters(new DERSequence(new DEROctetString(new byte[8])))),
                        FailInfo.BAD_ALG,
                        "content-cipher"),
                transport("key agreement", new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey)),
                transport("OAEP with MD5", oaep(PKCSObjectIdentifiers.md5, new byte[0])),
                transport("OAEP with a label", oaep(NISTObjectIdentifiers.id_sha256, new byte[] {1})));
    }

    private static Arguments signature(String what, ASN1ObjectIdentifier algorithm) {
        RequestBuilder request = request().signatureAlgorithm(new AlgorithmIdentifier(algorithm, DERNull.INSTANCE));
        return row(what, request, FailInfo.BAD_ALG, "signature-algorithm");
    }

    private static Arguments cipher(String what, ASN1ObjectIdentifier oid, String name, int keyLength) {
        RequestBuilder request = sealed(new EnvelopeBuilder().cipher(oid, name, keyLength, 8));
        return row(what, request, FailInfo.BAD_ALG, "content-cipher");
    }

    private static Arguments transport(String what, AlgorithmIdentifier algorithm) {
        RequestBuilder request = sealed(new EnvelopeBuilder().transport(algorithm, OAEPParameterSpec.DEFAULT));
        return row(what, request, FailInfo.BAD_ALG, "key-transport");
    }

    private static AlgorithmIdentifier oaep(ASN1ObjectIdentifier digest, byte[] label) {
        RSAESOAEPparams params = new RSAESOAEPparams(
                new AlgorithmIdentifier(digest),
                RSAESOAEPparams.DEFAULT_MASK_GEN_FUNCTION,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_pSpecified, new DEROctetString(label)));
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, params);
    }

    static Stream<Arguments> signatures() {
        DEROctetString wrongDigest = new DEROctetString(new byte[32]);
        X509CertificateHolder elliptic = Keys.certificate("CN=a", "CN=a", Keys.EC, Keys.EC, BigInteger.ONE);
        return Stream.of(
                        request().signer(Keys.OTHER, Keys.DEVICE_CERTIFICATE),
                        request().signer(Keys.EC, elliptic),
                        request().attribute(CMSAttributes.messageDigest, wrongDigest),
                        request().attribute(CMSAttributes.messageDigest),
                        request().attributeTwice(CMSAttributes.messageDigest, wrongDigest, wrongDigest),
                        request().attribute(CMSAttributes.contentType),
                        request().attribute(CMSAttributes.contentType, CMSObjectIdentifiers.signedData),
                        request().eContentType(CMSObjectIdentifiers.envelopedData),
                        request().signerInfo(info -> withSignature(info, new byte[256])),
                        request().signerInfo(info -> withSignature(info, new byte[0])),
                        request().signerInfo(info -> withSignature(info, new byte[5000])))
                .map(request -> row("signature", request, FailInfo.BAD_MESSAGE_CHECK, "signature-invalid"));
    }

    private static SignerInfo withSignature(SignerInfo info, byte[] signature) {
        return new SignerInfo(
                info.getSID(),
                info.getDigestAlgorithm(),
                info.getAuthenticatedAttributes(),
                info.getDigestEncryptionAlgorithm(),
                new DEROctetString(signature),
                null);
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
                .map(PkiMessageRejectionTest::signedByNonsense)
                .map(request -> row("key", request, FailInfo.BAD_ALG, "signer-key"));
    }

    private static RequestBuilder signedByNonsense(SubjectPublicKeyInfo key) {
        X509CertificateHolder certificate = Keys.certificate("CN=a", "CN=a", key, Keys.OTHER, BigInteger.ONE);
        return request().signer(Keys.OTHER, certificate);
    }

    static Stream<Arguments> envelopes() {
        byte[] plain = new EnvelopeBuilder().build(Csrs.plain());
        byte[] deep = deep(5_000);
        return Stream.of(
                row(
                        "unknown recipient",
                        sealed(new EnvelopeBuilder().recipient(EnvelopeBuilder.identifier(Keys.DEVICE_CERTIFICATE))),
                        FailInfo.BAD_REQUEST,
                        "recipient-unknown"),
                row(
                        "unknown key id",
                        sealed(new EnvelopeBuilder().recipientKeyId(new byte[20])),
                        FailInfo.BAD_REQUEST,
                        "recipient-unknown"),
                row(
                        "content type",
                        request().contentType(CMSObjectIdentifiers.signedData),
                        FailInfo.BAD_REQUEST,
                        "content-type"),
                malformed("no content", null),
                malformed("empty", new byte[0]),
                malformed("a bare CSR", Csrs.plain()),
                malformed("trailing byte", java.util.Arrays.copyOf(plain, plain.length + 1)),
                malformed("truncated", java.util.Arrays.copyOf(plain, plain.length - 1)),
                malformed("deep", deep),
                malformed("SignedData inside", new RequestBuilder().build()),
                malformed("bare under data", Der.of(new EnvelopeBuilder().structure(Csrs.plain()))),
                malformed(
                        "inner type",
                        new EnvelopeBuilder()
                                .innerType(CMSObjectIdentifiers.signedData)
                                .build(Csrs.plain())),
                malformed(
                        "IV length",
                        new EnvelopeBuilder()
                                .cipherParameters(new DEROctetString(new byte[8]))
                                .build(Csrs.plain())),
                malformed(
                        "no IV",
                        new EnvelopeBuilder().cipherParameters(DERNull.INSTANCE).build(Csrs.plain())));
    }

    private static Arguments malformed(String what, byte[] content) {
        return row(what, request().content(content), FailInfo.BAD_REQUEST, "envelope-malformed");
    }

    static Stream<Arguments> contents() {
        DERPrintableString one = new DERPrintableString("a");
        DERPrintableString other = new DERPrintableString("b");
        byte[] csr = Csrs.plain();
        byte[] poll = Der.of(new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            Keys.RA_CERTIFICATE.getIssuer(), Keys.RA_CERTIFICATE.getSubject()
        }));
        return Stream.of(
                        request().csr(poll),
                        request().messageType("17").csr(poll),
                        request().messageType("20").csr(csr),
                        request().messageType("21").csr(csr),
                        request().messageType("22").csr(poll),
                        request().csr(new byte[0]),
                        request().csr(java.util.Arrays.copyOf(csr, csr.length + 1)),
                        request().csr(java.util.Arrays.copyOf(csr, csr.length - 1)),
                        request().csr(deep(3_000)),
                        request().csr(indefinite(csr)),
                        request().csr(Csrs.withChallenge(one, other)),
                        request().csr(Csrs.withChallenge()),
                        request().csr(Csrs.withChallenge(new DEROctetString(new byte[] {1}))),
                        request().csr(Csrs.withAttributes(Csrs.challenge(one), Csrs.challenge(other))),
                        request().csr(Csrs.withAttributes(Csrs.challenge(one), Csrs.challenge(one))),
                        request().csr(Csrs.withAttributes(new DERSequence())),
                        request().csr(Csrs.withAttributes(one)),
                        sealed(new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(256))),
                        sealed(new EnvelopeBuilder().encryptedKey(new byte[0])),
                        sealed(new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(300))),
                        sealed(new EnvelopeBuilder().key(EnvelopeBuilder.random(32))),
                        sealed(new EnvelopeBuilder().encryptedContent(new byte[0])),
                        sealed(new EnvelopeBuilder().encryptedContent(EnvelopeBuilder.random(15))),
                        sealed(new EnvelopeBuilder().encryptedContent(EnvelopeBuilder.random(160))),
                        request().content(new EnvelopeBuilder().withoutPadding().build(new byte[1600])))
                .map(request -> row("content", request, FailInfo.BAD_REQUEST, "unreadable"));
    }

    static Stream<Arguments> csrs() {
        SubjectPublicKeyInfo device = Keys.info(Keys.DEVICE);
        Stream<Arguments> precise = Stream.of(
                csr(
                        "own key, signed by another",
                        device,
                        "SHA256withRSA",
                        FailInfo.BAD_MESSAGE_CHECK,
                        "csr-signature-invalid"),
                row(
                        "own key, SHA-1",
                        request().csr(Csrs.of(Keys.DEVICE, "SHA1withRSA")),
                        FailInfo.BAD_ALG,
                        "csr-algorithm"),
                row(
                        "own key, MD5",
                        request().csr(Csrs.of(Keys.DEVICE, "MD5withRSA")),
                        FailInfo.BAD_ALG,
                        "csr-algorithm"));
        Stream<Arguments> vague = Stream.of(
                csr("other key", Keys.info(Keys.EC), "SHA256withRSA", FailInfo.BAD_REQUEST, "unreadable-csr-signature"),
                row(
                        "other key, SHA-1",
                        request().csr(Csrs.of(Keys.OTHER, "SHA1withRSA")),
                        FailInfo.BAD_REQUEST,
                        "unreadable-csr-algorithm"));
        Stream<Arguments> keys = Stream.of(
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
                .map(key -> csr("key", key, "SHA256withRSA", FailInfo.BAD_REQUEST, "unreadable-csr-key"));
        return Stream.of(precise, vague, keys).flatMap(rows -> rows);
    }

    private static Arguments csr(
            String what, SubjectPublicKeyInfo key, String algorithm, FailInfo failInfo, String reason) {
        return row(what, request().csr(Csrs.of(key, Keys.OTHER, algorithm)), failInfo, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unanswerable")
    void provesNothingWithoutATransactionAndASigner(String what, byte[] request) {
        assertThatThrownBy(() -> DECODER.decode(request)).isInstanceOf(MalformedMessageException.class);
    }

    static Stream<Arguments> unanswerable() {
        byte[] plain = request().build();
        DERPrintableString id = new DERPrintableString("1");
        return Stream.of(
                arguments("empty", new byte[0]),
                arguments("text", "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                arguments("10 MB", new byte[10 << 20]),
                arguments("deep", deep(100_000)),
                arguments("a CSR", Csrs.plain()),
                arguments("an envelope", new EnvelopeBuilder().build(Csrs.plain())),
                arguments("trailing byte", java.util.Arrays.copyOf(plain, plain.length + 1)),
                arguments("no signer", request().signers(0).build()),
                arguments("two signers", request().signers(2).build()),
                arguments("no certificates", request().certificates().build()),
                arguments(
                        "another's certificate",
                        request()
                                .certificates(Keys.RA_CERTIFICATE.toASN1Structure())
                                .build()),
                arguments("two certificates that both fit", ambiguous()),
                arguments(
                        "no signed attributes",
                        request()
                                .signerInfo(PkiMessageRejectionTest::unattributed)
                                .build()),
                arguments(
                        "no transactionID",
                        request().attribute(ScepAttributes.TRANSACTION_ID).build()),
                transactionId("empty", new DERPrintableString("")),
                transactionId("long", new DERPrintableString("1".repeat(256))),
                transactionId("line break", new DERPrintableString("1\n2")),
                transactionId("UTF8String", new DERUTF8String("1")),
                arguments(
                        "two values",
                        request()
                                .attribute(ScepAttributes.TRANSACTION_ID, id, id)
                                .build()),
                arguments(
                        "twice",
                        request()
                                .attributeTwice(ScepAttributes.TRANSACTION_ID, id, id)
                                .build()));
    }

    private static Arguments transactionId(String what, org.bouncycastle.asn1.ASN1Encodable value) {
        return arguments(
                what, request().attribute(ScepAttributes.TRANSACTION_ID, value).build());
    }

    private static byte[] ambiguous() {
        X509CertificateHolder lookalike =
                Keys.certificate("CN=device-42", "CN=device-42", Keys.OTHER, Keys.OTHER, BigInteger.ONE);
        return request()
                .certificates(lookalike.toASN1Structure(), Keys.DEVICE_CERTIFICATE.toASN1Structure())
                .build();
    }

    private static SignerInfo unattributed(SignerInfo info) {
        return new SignerInfo(
                info.getSID(),
                info.getDigestAlgorithm(),
                (org.bouncycastle.asn1.ASN1Set) null,
                info.getDigestEncryptionAlgorithm(),
                info.getEncryptedDigest(),
                null);
    }

    @Test
    void answersARequestWithoutNonceAndSaysWhatItKnows() {
        RejectedMessage rejected =
                rejected(request().attribute(ScepAttributes.SENDER_NONCE).build());

        assertThat(rejected.replyTo().senderNonce()).isEmpty();
        assertThat(rejected.messageType()).contains(MessageType.PKCS_REQ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DES", "DES3", "SHA_1", "MD5"})
    void allowsALegacyAlgorithmForItselfOnly(LegacyAlgorithm only) {
        PkiMessageDecoder decoder = new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(only));

        List<Boolean> accepted = Stream.of(
                        sealed(new EnvelopeBuilder().cipher(OIWObjectIdentifiers.desCBC, "DES", 8, 8)),
                        sealed(new EnvelopeBuilder().cipher(PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24, 8)),
                        request().digest("SHA-1"),
                        request().digest("MD5"))
                .map(request -> sure(() -> decoder.decode(request.build())).fold(yes -> true, no -> false))
                .toList();

        assertThat(accepted)
                .isEqualTo(Stream.of(LegacyAlgorithm.values()).map(only::equals).toList());
    }

    private static RequestBuilder request() {
        return new RequestBuilder();
    }

    private static RequestBuilder sealed(EnvelopeBuilder envelope) {
        return request().content(envelope.build(Csrs.plain()));
    }

    private static Arguments row(String what, RequestBuilder request, FailInfo failInfo, String reason) {
        return arguments(what, request.build(), failInfo, reason);
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        return sure(() -> new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(modulus, exponent)));
    }

    private static BigInteger odd(int bits) {
        return new BigInteger(bits, new java.util.Random(bits)).setBit(bits - 1).setBit(0);
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

    private static byte[] indefinite(byte[] csr) {
        return sure(() -> {
            ASN1EncodableVector elements = new ASN1EncodableVector();
            org.bouncycastle.asn1.ASN1Sequence.getInstance(csr).forEach(elements::add);
            return new org.bouncycastle.asn1.BERSequence(elements).getEncoded();
        });
    }

    /** Indefinite-length SEQUENCEs, each in the next. */
    private static byte[] deep(int levels) {
        byte[] encoded = new byte[levels * 4];
        for (int i = 0; i < levels; i++) {
            encoded[2 * i] = 0x30;
            encoded[2 * i + 1] = (byte) 0x80;
        }
        return encoded;
    }

    private static RejectedMessage rejected(byte[] request) {
        return sure(() -> DECODER.decode(request)).fold(accepted -> null, rejected -> rejected);
    }
}
