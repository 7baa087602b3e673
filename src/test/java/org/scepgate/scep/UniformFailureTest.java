package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody may learn, by asking us, what is inside an envelope that someone else has sealed. */
class UniformFailureTest {
    private final CountingProvider provider = new CountingProvider();
    private final PkiMessageDecoder decoder = decoder(Decoding.EVERY_TYPE);

    @Test
    void everyFailureInsideTheEnvelopeIsOneAnswerAfterOnePrivateKeyOperation() {
        byte[] noCsr = new byte[] {0x30, 0x00};
        byte[] foreignCsr = Csrs.of(Keys.info(Keys.EC), Keys.OTHER, "SHA256withRSA");
        List<byte[]> envelopes = List.of(
                new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(256)).build(Csrs.plain()),
                new EnvelopeBuilder().encryptedKey(filled(256, (byte) 0xFF)).build(Csrs.plain()),
                new EnvelopeBuilder().encryptedKey(new byte[1]).build(Csrs.plain()),
                new EnvelopeBuilder().key(EnvelopeBuilder.random(32)).build(Csrs.plain()),
                new EnvelopeBuilder().withoutPadding().build(filled(1600, (byte) 0x30)),
                new EnvelopeBuilder()
                        .encryptedContent(EnvelopeBuilder.random(333))
                        .build(Csrs.plain()),
                new EnvelopeBuilder().build(noCsr),
                new EnvelopeBuilder().build(foreignCsr));

        List<RejectedMessage> answers = envelopes.stream()
                .map(envelope -> rejected(new RequestBuilder().content(envelope).build()))
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.failInfo()).isEqualTo(FailInfo.BAD_REQUEST);
            assertThat(answer.reason()).startsWith("unreadable");
        });
        assertThat(provider.operations()).isEqualTo(envelopes.size());
    }

    /** A captured envelope, signed by another: whether it could be read does not show, whatever type it is sent as. */
    @ParameterizedTest
    @CsvSource({"17, BAD_REQUEST", "19, BAD_REQUEST", "21, BAD_CERT_ID", "22, BAD_CERT_ID"})
    void aTypeGetsOneAnswerForEveryEnvelopeOfAnother(String type, FailInfo failInfo) {
        byte[] foreignCsr = Csrs.of(Keys.info(Keys.EC), Keys.OTHER, "SHA256withRSA");
        List<byte[]> envelopes = Stream.concat(
                        unreadable(),
                        Stream.of(foreignCsr, names(), new byte[] {0x30, 0x00})
                                .map(content -> new EnvelopeBuilder().build(content)))
                .toList();

        List<RejectedMessage> answers =
                envelopes.stream().map(envelope -> resigned(type, envelope)).toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.failInfo()).isEqualTo(failInfo);
            assertThat(answer.reason()).startsWith("unreadable");
        });
    }

    @Test
    void aPollIsTakenWithoutOpeningItsEnvelope() {
        Stream<byte[]> envelopes = Stream.concat(unreadable(), Stream.of(new EnvelopeBuilder().build(names())));

        Stream<DecodedMessage> messages = envelopes.map(envelope -> sure(() -> decoder.decode(
                new RequestBuilder().messageType("20").content(envelope).build())));

        assertThat(messages)
                .hasSize(4)
                .allSatisfy(message -> assertThat(message).isInstanceOf(PkiMessage.class));
        assertThat(provider.operations()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "22"})
    void aTypeThatIsNotServedIsRefusedWithoutOpeningItsEnvelope(String type) {
        PkiMessageDecoder few = decoder(Set.of(MessageType.PKCS_REQ, MessageType.CERT_POLL));
        byte[] request = new RequestBuilder().messageType(type).build();

        DecodedMessage message = sure(() -> few.decode(request));

        RejectedMessage rejected = message.fold(accepted -> null, found -> found);
        assertThat(rejected.failInfo()).isEqualTo(FailInfo.BAD_REQUEST);
        assertThat(rejected.reason()).isEqualTo("message-type-not-served");
        assertThat(rejected.addressee()).contains(Keys.RA_CERTIFICATE);
        assertThat(provider.operations()).isZero();
    }

    /** Not even to the holder of the CSR's key is a wrong signature told where the padding was wrong too. */
    @Test
    void wrongPaddingHidesWhatIsWrongWithTheCsr() {
        byte[] own = Csrs.of(Keys.info(Keys.DEVICE), Keys.OTHER, "SHA256withRSA");
        byte[] padded = Arrays.copyOf(own, (own.length / 16 + 1) * 16);
        byte[] trailed = Arrays.copyOf(own, own.length + 1);

        RejectedMessage precise = rejected(request(new EnvelopeBuilder().build(own)));
        RejectedMessage wrongPadding =
                rejected(request(new EnvelopeBuilder().withoutPadding().build(padded)));
        RejectedMessage trailing = rejected(request(new EnvelopeBuilder().build(trailed)));

        assertThat(precise.reason()).isEqualTo("csr-signature-invalid");
        assertThat(wrongPadding.reason()).isEqualTo("unreadable");
        assertThat(trailing.reason()).isEqualTo("unreadable");
    }

    private static Stream<byte[]> unreadable() {
        return Stream.of(
                new EnvelopeBuilder().encryptedKey(EnvelopeBuilder.random(256)).build(Csrs.plain()),
                new EnvelopeBuilder().key(EnvelopeBuilder.random(32)).build(Csrs.plain()),
                new EnvelopeBuilder().withoutPadding().build(filled(1600, (byte) 0x30)));
    }

    private static byte[] names() {
        X500Name name = Keys.RA_CERTIFICATE.getIssuer();
        return Der.sequence(Der.of(name), Der.of(name));
    }

    private RejectedMessage resigned(String type, byte[] envelope) {
        X509CertificateHolder certificate = Keys.certificate("CN=a", "CN=a", Keys.OTHER, Keys.OTHER, BigInteger.ONE);
        return rejected(new RequestBuilder()
                .messageType(type)
                .signer(Keys.OTHER, certificate)
                .content(envelope)
                .build());
    }

    private static byte[] request(byte[] envelope) {
        return new RequestBuilder().content(envelope).build();
    }

    @Test
    void failuresBeforeTheEnvelopeCostNoPrivateKeyOperation() {
        Stream.of(
                        new RequestBuilder().messageType("18"),
                        new RequestBuilder().signer(Keys.OTHER, Keys.DEVICE_CERTIFICATE),
                        new RequestBuilder().digest("MD5"),
                        new RequestBuilder().content(new byte[0]))
                .forEach(request -> rejected(request.build()));

        assertThat(provider.operations()).isZero();
    }

    private PkiMessageDecoder decoder(Set<MessageType> served) {
        RecipientKey recipient = new RecipientKey(Keys.RA.getPrivate(), Keys.RA_CERTIFICATE, provider);
        return new PkiMessageDecoder(List.of(recipient), Set.of(), served);
    }

    private RejectedMessage rejected(byte[] request) {
        return sure(() -> decoder.decode(request)).fold(accepted -> null, rejected -> rejected);
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
