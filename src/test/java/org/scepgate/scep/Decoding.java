package org.scepgate.scep;

import static org.assertj.core.api.Assertions.fail;
import static org.scepgate.scep.Keys.sure;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What decoding must come to, where a test expects one outcome and nothing else. */
final class Decoding {
    static final Set<MessageType> EVERY_TYPE = EnumSet.allOf(MessageType.class);

    private static final PkiMessageDecoder STRICT =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(), Decoding.EVERY_TYPE);

    private Decoding() {}

    static PkiMessage accepted(PkiMessageDecoder decoder, byte[] request) {
        return sure(() -> decoder.decode(request))
                .fold(message -> message, rejected -> fail("rejected: " + rejected.reason()));
    }

    static CertificationRequest request(PkiMessage message) {
        return (CertificationRequest) message.content();
    }

    static Optional<String> challenge(PkiMessageDecoder decoder, byte[] request) {
        return request(accepted(decoder, request)).challengePassword();
    }

    static RejectedMessage rejected(byte[] request) {
        return sure(() -> STRICT.decode(request)).fold(accepted -> fail("accepted"), rejected -> rejected);
    }

    /** Indefinite-length SEQUENCEs, each in the next. */
    static byte[] deep(int levels) {
        byte[] encoded = new byte[levels * 4];
        for (int i = 0; i < levels; i++) {
            encoded[2 * i] = 0x30;
            encoded[2 * i + 1] = (byte) 0x80;
        }
        return encoded;
    }
}
