package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.scepgate.scep.Decoding.deep;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedMessageTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

    @ParameterizedTest(name = "{0}")
    @MethodSource({"noMessages", "noSigners", "noTransactions"})
    void provesNothingWithoutATransactionAndASigner(String what, byte[] request) {
        assertThatThrownBy(() -> DECODER.decode(request)).isInstanceOf(MalformedMessageException.class);
    }

    static Stream<Arguments> noMessages() {
        byte[] plain = request().build();
        return Stream.of(
                arguments("empty", new byte[0]),
                arguments("text", "hello".getBytes(StandardCharsets.US_ASCII)),
                arguments("10 MB", new byte[10 << 20]),
                arguments("deep", deep(60_000)),
                arguments("a CSR", Csrs.plain()),
                arguments("an envelope", new EnvelopeBuilder().build(Csrs.plain())),
                arguments("trailing byte", Arrays.copyOf(plain, plain.length + 1)));
    }

    static Stream<Arguments> noSigners() {
        return Stream.of(
                malformed("none", request().signers(0)),
                malformed("two", request().signers(2)),
                malformed("no certificates", request().certificates()),
                malformed("another's certificate", request().certificates(Keys.RA_CERTIFICATE.toASN1Structure())),
                arguments("two certificates that both fit", ambiguous()));
    }

    static Stream<Arguments> noTransactions() {
        DERPrintableString id = new DERPrintableString("1");
        return Stream.of(
                malformed("no signed attributes", request().signerInfo(MalformedMessageTest::unattributed)),
                malformed("no transactionID", request().attribute(ScepAttributes.TRANSACTION_ID)),
                malformed("two values", request().attribute(ScepAttributes.TRANSACTION_ID, id, id)),
                malformed("twice", request().attributeTwice(ScepAttributes.TRANSACTION_ID, id, id)),
                transactionId("empty", new DERPrintableString("")),
                transactionId("long", new DERPrintableString("1".repeat(256))),
                transactionId("line break", new DERPrintableString("1\n2")),
                transactionId("UTF8String", new DERUTF8String("1")));
    }

    private static Arguments malformed(String what, RequestBuilder request) {
        return arguments(what, request.build());
    }

    private static Arguments transactionId(String what, ASN1Encodable value) {
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
                (ASN1Set) null,
                info.getDigestEncryptionAlgorithm(),
                info.getEncryptedDigest(),
                null);
    }

    private static RequestBuilder request() {
        return new RequestBuilder();
    }
}
