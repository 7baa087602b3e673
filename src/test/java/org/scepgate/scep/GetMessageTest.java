package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetMessageTest {
    private static final byte[] MESSAGE = message();
    private static final String BASE64 = Base64.getEncoder().encodeToString(MESSAGE);

    @ParameterizedTest
    @MethodSource("queries")
    void readsOneMessageFromEverySpelling(String query) throws MalformedMessageException {
        assertThat(GetMessage.decode(query)).isEqualTo(MESSAGE);
    }

    static String[] queries() {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(MESSAGE);
        String prefix = "operation=PKIOperation&message=";
        return new String[] {
            prefix + URLEncoder.encode(BASE64, StandardCharsets.UTF_8),
            "message=" + URLEncoder.encode(BASE64, StandardCharsets.UTF_8) + "&operation=PKIOperation",
            prefix + BASE64,
            prefix + BASE64.replace("=", "%3D"),
            prefix + BASE64.replace("=", "%3d").replace("+", "%2b").replace("/", "%2f"),
            prefix + BASE64.replace("=", ""),
            prefix + BASE64.replace('+', '-').replace('/', '_'),
            prefix + BASE64.replace('+', '-').replace('/', '_').replace("=", ""),
            prefix + lines.replace("\n", "%0A") + "%0A",
            prefix + lines.replace("\n", "%0D%0A"),
            prefix + lines.replace("\n", "%20"),
            prefix + lines.replace("\n", "%09"),
            prefix + BASE64.replace("+", "%20"),
            prefix + BASE64.replace('+', ' ') + "%0A",
            prefix + BASE64.replace('+', ' ') + " ",
        };
    }

    @Test
    void leavesTheRestToTheDecoder() throws MalformedMessageException {
        assertThat(GetMessage.decode("message=aGVsbG8")).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "operation=PKIOperation",
                "message",
                "message=",
                "message=%",
                "message=%4",
                "message=%zz",
                "message=a",
                "message=a*b=",
                "message=MA==MA==",
                "message=aGVs bG8",
                "message=%20",
                "message=aGVs&message=bG8=",
                "Message=aGVs"
            })
    void refusesGarbage(String query) {
        assertThatThrownBy(() -> GetMessage.decode(query))
                .isInstanceOf(MalformedMessageException.class)
                .hasNoCause();
    }

    @Test
    void refusesWhatIsTooLong() {
        String tooLong =
                "message=" + Base64.getEncoder().encodeToString(new byte[PkiMessageDecoder.MAX_MESSAGE_BYTES + 1]);
        String farTooLong = "message=" + "%0A".repeat(PkiMessageDecoder.MAX_MESSAGE_BYTES * 2);

        assertThatThrownBy(() -> GetMessage.decode(tooLong)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> GetMessage.decode(farTooLong)).isInstanceOf(MalformedMessageException.class);
    }

    /** One element whose base64 has every special character, at the right places for a second try to matter. */
    private static byte[] message() {
        byte[] content = new byte[601];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i % 3 == 0 ? 0xFB : i % 5 == 0 ? 0xFF : 0xEF);
        }
        return Der.sequence(Der.encode(Der.OCTET_STRING, content));
    }
}
