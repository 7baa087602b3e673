package org.scepgate.scep;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.FuzzRun;

/** Any bytes are a message, a rejection that can be answered, or malformed. */
class PkiMessageDecoderFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("PkiMessageDecoder");
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), EnumSet.allOf(LegacyAlgorithm.class), Decoding.EVERY_TYPE);
    private static final PkiMessageDecoder STRICT =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Set.of(MessageType.PKCS_REQ));

    static Stream<byte[]> seeds() {
        return Stream.of(
                new RequestBuilder().build(),
                new RequestBuilder().messageType("20").build(),
                new RequestBuilder().messageType("99").build(),
                new RequestBuilder().csr(new byte[] {0x30, 0}).messageType("21").build(),
                new RequestBuilder().attribute(ScepAttributes.SENDER_NONCE).build(),
                BouncyCastleRequest.signed(new EnvelopeBuilder().build(Csrs.plain(), ASN1Encoding.BER), "BER"),
                Decoding.deep(5000),
                new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1, 0x30, 0});
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] message) throws Exception {
        RUN.attempt(() -> isRead(DECODER, message) | isRead(STRICT, message));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(PkiMessageDecoder decoder, byte[] message) {
        try {
            return decoder.decodeAndDescribe(message).message().fold(read -> true, rejected -> false);
        } catch (MalformedMessageException refused) {
            return false;
        }
    }
}
