package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Decoding.accepted;
import static org.scepgate.scep.Decoding.challenge;
import static org.scepgate.scep.Decoding.request;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PkiMessageDecoderTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

    @Test
    void readsEveryFieldOfAnOrdinaryRequest() {
        byte[] csr = Csrs.plain();

        PkiMessage message = accepted(DECODER, new RequestBuilder().csr(csr).build());

        assertThat(message.messageType()).isEqualTo(MessageType.PKCS_REQ);
        assertThat(message.replyTo().transactionId()).isEqualTo(new TransactionId("7XXEY-ERLPU-2JDR9"));
        assertThat(message.replyTo().senderNonce()).contains(new Nonce(RequestBuilder.NONCE));
        assertThat(message.signer()).isEqualTo(Keys.DEVICE_CERTIFICATE);
        assertThat(message.signerHoldsRequestedKey()).isTrue();
        assertThat(sure(() -> request(message).csr().getEncoded())).isEqualTo(csr);
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(request(message).toString()).doesNotContain(Csrs.CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void readsBothKindsOfEnrolment(String type) {
        byte[] request = new RequestBuilder().messageType(type).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.messageType().value()).isEqualTo(Integer.parseInt(type));
        assertThat(message.content()).isInstanceOf(CertificationRequest.class);
    }

    @Test
    void takesCertPollWhateverItsEnvelopeHolds() {
        byte[] noise = EnvelopeBuilder.random(160);

        PkiMessage message = accepted(
                DECODER, new RequestBuilder().messageType("20").csr(noise).build());

        assertThat(message.content()).isEqualTo(new CertPoll());
        assertThat(message.signerHoldsRequestedKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "22"})
    void readsGetCertAndGetCrl(String type) {
        X500Name ca = new X500Name("CN=Test CA,O=Acme");
        BigInteger serial = BigInteger.TWO.pow(160).add(BigInteger.ONE);
        byte[] content = Der.of(new IssuerAndSerialNumber(ca, serial));

        PkiMessage message = accepted(
                DECODER, new RequestBuilder().messageType(type).csr(content).build());

        assertThat(message.content()).isEqualTo(new CertificateId(ca, serial));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASN1Encoding.DER, ASN1Encoding.DL, ASN1Encoding.BER})
    void readsWhatBouncyCastleWritesInAnyEncoding(String encoding) {
        byte[] envelope = new EnvelopeBuilder().constructedContent().build(Csrs.plain(), encoding);

        byte[] request = BouncyCastleRequest.signed(envelope, encoding);

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void readsXipkisEnvelopedDataAsContentType() {
        byte[] wrapped = new EnvelopeBuilder().build(Csrs.plain());
        byte[] bare = Der.of(new EnvelopeBuilder().structure(Csrs.plain()));

        Stream<byte[]> requests = Stream.of(wrapped, bare)
                .map(envelope -> new RequestBuilder()
                        .contentType(CMSObjectIdentifiers.envelopedData)
                        .content(envelope)
                        .build());

        assertThat(requests)
                .allSatisfy(request -> assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE));
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void readsAChallengeOfAnyStringType(ASN1Encodable value, String expected) {
        byte[] request = new RequestBuilder().csr(Csrs.withChallenge(value)).build();

        assertThat(challenge(DECODER, request)).contains(expected);
    }

    static Object[][] challenges() {
        byte[] utf32 = "hé".getBytes(Charset.forName("UTF-32BE"));
        String long8k = "0123456789abcdef".repeat(512);
        return new Object[][] {
            {new DERPrintableString("abc"), "abc"},
            {new DERUTF8String("hé"), "hé"},
            {new DERT61String("abc"), "abc"},
            {new DERBMPString("hé"), "hé"},
            {new DERUniversalString(utf32), "hé"},
            {new DERIA5String("a@b"), "a@b"},
            {new DERUTF8String(long8k), long8k},
        };
    }

    @Test
    void takesACsrWithoutChallengeOrWithAnEmptyOne() {
        byte[] without =
                new RequestBuilder().csr(Csrs.of(Keys.DEVICE, "SHA256withRSA")).build();
        byte[] empty = new RequestBuilder()
                .csr(Csrs.withChallenge(new DERUTF8String("")))
                .build();

        assertThat(challenge(DECODER, without)).isEmpty();
        assertThat(challenge(DECODER, empty)).isEmpty();
    }

    @Test
    void takesAnEcCsrUnderAnEphemeralRsaSignerAsFleetSendsIt() {
        byte[] request =
                new RequestBuilder().csr(Csrs.of(Keys.EC, "SHA256withECDSA")).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.signerHoldsRequestedKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void takesCsrsOfTheNistCurves(String curve) {
        byte[] request = new RequestBuilder()
                .csr(Csrs.of(Keys.ec(curve), "SHA384withECDSA"))
                .build();

        assertThat(accepted(DECODER, request).content()).isInstanceOf(CertificationRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "SSCEP transactionId",
                "ab+/cd==",
                "under_score@host",
                "12345678901234567890123456789012345678901234567890123456789012345678901234567"
            })
    void takesTransactionIdsOfEveryClient(String transactionId) {
        byte[] request = new RequestBuilder()
                .attribute(ScepAttributes.TRANSACTION_ID, new DERPrintableString(transactionId))
                .build();

        assertThat(accepted(DECODER, request).replyTo().transactionId().value()).isEqualTo(transactionId);
    }
}
