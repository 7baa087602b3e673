package org.scepgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.platform.ConfigurationException;

class RequestSignerTest {
    private static final String PREFIX = "scepgate.some.";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.9Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    // printf '1795428000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    private static final String SIGNATURE = "v1=bef29533402627b72f5014bbb3dcb97352a5bc1402ee80a9efc1e1add1e092d3";

    @TempDir
    Path folder;

    private record Secrets(
            Optional<String> secret,
            Optional<Path> secretFile,
            Optional<String> previousSecret,
            Optional<Path> previousSecretFile)
            implements SigningConfig {}

    private static Secrets secrets(String secret, Path file, String previous) {
        return new Secrets(
                Optional.ofNullable(secret),
                Optional.ofNullable(file),
                Optional.ofNullable(previous),
                Optional.empty());
    }

    @Test
    void signsTimeAndBody() {
        Map<String, String> headers =
                RequestSigner.of(PREFIX, secrets(SECRET, null, null)).headersFor(BODY, NOW);

        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Scepgate-Timestamp", "1795428000", "Scepgate-Signature", SIGNATURE));
    }

    @Test
    void signsWithBothSecretsWhileTheyChange() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        RequestSigner signer = RequestSigner.of(PREFIX, secrets(null, file, "f".repeat(32)));

        assertThat(signer.headersFor(BODY, NOW).get(RequestSigner.SIGNATURE))
                .startsWith(SIGNATURE + ",v1=")
                .hasSize(2 * SIGNATURE.length() + 1);
    }

    @Test
    void doesNotStartWithoutAGoodSecret() {
        assertRefused(secrets(null, null, null), "scepgate.some.secret: is not set");
        assertRefused(secrets("short", null, null), "scepgate.some.secret: is too short");
        assertRefused(secrets(SECRET, null, "short"), "scepgate.some.previous-secret: is too short");
        assertRefused(secrets(SECRET, folder, null), "scepgate.some.secret: is set beside");
        assertRefused(secrets(null, folder.resolve("no"), null), "scepgate.some.secret-file: cannot be read");
    }

    private static void assertRefused(Secrets settings, String message) {
        assertThatThrownBy(() -> RequestSigner.of(PREFIX, settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining(SECRET);
    }
}
