package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.FuzzRun;

/** Any query is a message or malformed. */
class GetMessageFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("GetMessage");

    static Stream<byte[]> seeds() {
        String base64 = Base64.getEncoder().encodeToString(new byte[] {0x30, 3, 2, 1, 5});
        return Stream.of(
                        "operation=PKIOperation&message=" + base64,
                        "message=" + base64.replace("=", "%3D") + "&operation=PKIOperation",
                        "message=MAMC AQU",
                        "message=MAMC%20AQU%0D%0A",
                        "message=MAMC+-_/%2B%2f%3d",
                        "message=%",
                        "message=%4",
                        "message=%+1",
                        "message=a&message=b",
                        "&&=&message=")
                .map(query -> query.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void isReadOrRefused(byte[] query) throws Exception {
        RUN.attempt(() -> isRead(new String(query, StandardCharsets.ISO_8859_1)));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(String query) {
        try {
            assertThat(GetMessage.decode(query)).isNotEmpty();
            return true;
        } catch (MalformedMessageException refused) {
            return false;
        }
    }
}
