package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.scepgate.scep.Keys.sure;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a message, it is refused, or it still says what its signer said. */
class PkiMessageMutationTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

    @ParameterizedTest
    @ValueSource(strings = {ASN1Encoding.DER, ASN1Encoding.BER})
    void flippingAnyByteNeverChangesWhatIsRead(String encoding) {
        byte[] request = request(encoding);
        PkiMessage original = requireAccepted(request);

        for (int i = 0; i < request.length; i++) {
            for (int mask : new int[] {1 << i % 8, 0xFF}) {
                byte[] mutated = request.clone();
                mutated[i] ^= (byte) mask;
                assertRefusedOrSame(mutated, original, i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ASN1Encoding.DER, ASN1Encoding.BER})
    void truncatingAnywhereIsMalformed(String encoding) {
        byte[] request = request(encoding);

        for (int length = 0; length < request.length; length++) {
            assertThat(isMalformed(Arrays.copyOf(request, length)))
                    .as("first %d bytes", length)
                    .isTrue();
        }
    }

    @Test
    void noiseInTheEncryptedContentIsAlwaysAnswered() {
        Random random = new Random(7);
        byte[] csr = Csrs.plain();

        for (int i = 0; i < 100; i++) {
            byte[] mutated = csr.clone();
            mutated[random.nextInt(csr.length)] ^= (byte) (1 + random.nextInt(255));
            boolean rejected = sure(() ->
                            DECODER.decode(new RequestBuilder().csr(mutated).build()))
                    .fold(message -> false, message -> true);
            assertThat(rejected).isTrue();
        }
    }

    private static byte[] request(String encoding) {
        return BouncyCastleRequest.signed(new EnvelopeBuilder().build(Csrs.plain(), encoding), encoding);
    }

    private static void assertRefusedOrSame(byte[] mutated, PkiMessage original, int position) {
        try {
            DECODER.decode(mutated).fold(message -> assertSame(message, original, position), rejected -> rejected);
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static PkiMessage assertSame(PkiMessage message, PkiMessage original, int position) {
        assertThat(message.messageType()).as("byte %d", position).isEqualTo(original.messageType());
        assertThat(message.replyTo().transactionId())
                .isEqualTo(original.replyTo().transactionId());
        assertThat(message.replyTo().senderNonce()).isEqualTo(original.replyTo().senderNonce());
        assertThat(message.signer().getSubjectPublicKeyInfo())
                .isEqualTo(original.signer().getSubjectPublicKeyInfo());
        assertThat(message.content()).isEqualTo(original.content());
        return message;
    }

    private static PkiMessage requireAccepted(byte[] request) {
        return sure(() -> DECODER.decode(request)).fold(message -> message, message -> fail(message.reason()));
    }

    private static boolean isMalformed(byte[] request) {
        try {
            DECODER.decode(request);
            return false;
        } catch (MalformedMessageException e) {
            return true;
        }
    }
}
