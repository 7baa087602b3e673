package org.scepgate.mdm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.FuzzRun;

/** What whoever looks at the page of NDES writes into its one header is a user and a password, or nothing. */
class BasicCredentialsFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("NDES");

    static Stream<byte[]> seeds() {
        String pair = Base64.getEncoder().encodeToString("user:pass:word".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                        "Basic " + pair,
                        "basic  " + pair + " ",
                        "Basic",
                        "Basic ",
                        "Bearer x",
                        "Basic dXNlcg==",
                        "Basic %")
                .map(header -> header.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void areReadOrNone(byte[] header) throws Exception {
        RUN.attempt(() -> isRead(new String(header, StandardCharsets.ISO_8859_1)));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(String header) {
        Optional<BasicCredentials> read = BasicCredentials.of(header);
        assertThat(read.map(BasicCredentials::user).orElse("")).doesNotContain(":");
        return read.isPresent();
    }
}
