package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.scepgate.scep.Decoding.deep;
import static org.scepgate.scep.Decoding.rejected;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PkiMessageRejectionTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "attributes",
        "signatures",
        "addresses",
        "envelopes",
        "contents",
        "certificateIds",
        "largeSigners",
        "challenges",
        "ciphertexts"
    })
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

    static Stream<Arguments> addresses() {
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
                        "content-type"));
    }

    static Stream<Arguments> envelopes() {
        byte[] plain = new EnvelopeBuilder().build(Csrs.plain());
        return Stream.of(
                malformed("no content", null),
                malformed("empty", new byte[0]),
                malformed("a bare CSR", Csrs.plain()),
                malformed("trailing byte", Arrays.copyOf(plain, plain.length + 1)),
                malformed("truncated", Arrays.copyOf(plain, plain.length - 1)),
                malformed("deep", deep(5_000)),
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
        byte[] csr = Csrs.plain();
        byte[] poll = Der.of(new DERSequence(
                new ASN1Encodable[] {Keys.RA_CERTIFICATE.getIssuer(), Keys.RA_CERTIFICATE.getSubject()}));
        return unreadable(
                request().csr(poll),
                request().messageType("17").csr(poll),
                request().csr(new byte[0]),
                request().csr(Arrays.copyOf(csr, csr.length + 1)),
                request().csr(Arrays.copyOf(csr, csr.length - 1)),
                request().csr(deep(3_000)),
                request().csr(indefinite(csr)));
    }

    static Stream<Arguments> certificateIds() {
        byte[] poll = Der.of(new DERSequence(
                new ASN1Encodable[] {Keys.RA_CERTIFICATE.getIssuer(), Keys.RA_CERTIFICATE.getSubject()}));
        return Stream.of(
                        request().messageType("21").csr(Csrs.plain()),
                        request().messageType("21").csr(new byte[0]),
                        request().messageType("22").csr(poll),
                        request().messageType("22").csr(deep(3_000)))
                .map(request -> row("id", request, FailInfo.BAD_CERT_ID, "unreadable-certificate-id"));
    }

    static Stream<Arguments> largeSigners() {
        return Stream.of(rsa(4104, 65537), rsa(8192, 65537), rsa(2048, 65539))
                .map(PkiMessageRejectionTest::signedUnder);
    }

    private static SubjectPublicKeyInfo rsa(int bits, long exponent) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        RSAPublicKey key = new RSAPublicKey(modulus, BigInteger.valueOf(exponent));
        return sure(() -> new SubjectPublicKeyInfo(Keys.info(Keys.DEVICE).getAlgorithm(), key));
    }

    private static Arguments signedUnder(SubjectPublicKeyInfo key) {
        X509CertificateHolder certificate = Keys.certificate("CN=a", "CN=a", key, Keys.DEVICE, BigInteger.ONE);
        return row("signer", request().signer(Keys.DEVICE, certificate), FailInfo.BAD_ALG, "signer-key");
    }

    static Stream<Arguments> challenges() {
        DERPrintableString one = new DERPrintableString("a");
        DERPrintableString other = new DERPrintableString("b");
        return unreadable(
                request().csr(Csrs.withChallenge(one, other)),
                request().csr(Csrs.withChallenge()),
                request().csr(Csrs.withChallenge(new DEROctetString(new byte[] {1}))),
                request().csr(Csrs.withAttributes(Csrs.challenge(one), Csrs.challenge(other))),
                request().csr(Csrs.withAttributes(Csrs.challenge(one), Csrs.challenge(one))),
                request().csr(Csrs.withAttributes(new DERSequence())),
                request().csr(Csrs.withAttributes(one)));
    }

    static Stream<Arguments> ciphertexts() {
        return unreadable(
                sealed(new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(256))),
                sealed(new EnvelopeBuilder().encryptedKey(new byte[0])),
                sealed(new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(300))),
                sealed(new EnvelopeBuilder().key(EnvelopeBuilder.random(32))),
                sealed(new EnvelopeBuilder().encryptedContent(new byte[0])),
                sealed(new EnvelopeBuilder().encryptedContent(EnvelopeBuilder.random(15))),
                sealed(new EnvelopeBuilder().encryptedContent(EnvelopeBuilder.random(160))),
                request().content(new EnvelopeBuilder().withoutPadding().build(new byte[1600])));
    }

    private static Stream<Arguments> unreadable(RequestBuilder... requests) {
        return Stream.of(requests).map(request -> row("content", request, FailInfo.BAD_REQUEST, "unreadable"));
    }

    @Test
    void answersARequestWithoutNonceAndSaysWhatItKnows() {
        RejectedMessage rejected =
                rejected(request().attribute(ScepAttributes.SENDER_NONCE).build());

        assertThat(rejected.replyTo().senderNonce()).isEmpty();
        assertThat(rejected.messageType()).contains(MessageType.PKCS_REQ);
    }

    private static byte[] indefinite(byte[] csr) {
        return sure(() -> {
            ASN1EncodableVector elements = new ASN1EncodableVector();
            ASN1Sequence.getInstance(csr).forEach(elements::add);
            return new BERSequence(elements).getEncoded();
        });
    }

    private static RequestBuilder sealed(EnvelopeBuilder envelope) {
        return request().content(envelope.build(Csrs.plain()));
    }

    private static RequestBuilder request() {
        return new RequestBuilder();
    }

    private static Arguments row(String what, RequestBuilder request, FailInfo failInfo, String reason) {
        return arguments(what, request.build(), failInfo, reason);
    }
}
