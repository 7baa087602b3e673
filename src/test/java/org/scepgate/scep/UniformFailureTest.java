package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Keys.sure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody may learn, by asking us, what is inside an envelope that someone else has sealed. */
class UniformFailureTest {
    private final CountingProvider provider = new CountingProvider();
    private final PkiMessageDecoder decoder = new PkiMessageDecoder(
            List.of(new RecipientKey(Keys.RA.getPrivate(), Keys.RA_CERTIFICATE, provider)), Set.of());

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

    private RejectedMessage rejected(byte[] request) {
        return sure(() -> decoder.decode(request)).fold(accepted -> null, rejected -> rejected);
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
