package org.scepgate.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.scepgate.platform.ConfigurationException;

/**
 * Signs what we send, so that a receiver knows who sent it and when: HMAC-SHA256 over the time, a dot and the body. While
 * secrets change there are two signatures, and a receiver takes a request if one of them is right.
 */
public final class RequestSigner {
    /** Seconds since 1970. */
    public static final String TIMESTAMP = "Scepgate-Timestamp";

    /** {@code v1=<hex>}, or two of them with a comma between. */
    public static final String SIGNATURE = "Scepgate-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 32;

    private final List<SecretKeySpec> keys;

    private RequestSigner(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * Of the settings of a receiver, which must have a secret.
     *
     * @param prefix their keys' beginning, with its dot
     */
    public static RequestSigner of(String prefix, SigningConfig settings) {
        SecretKeySpec current = secret(prefix + "secret", settings.secret(), settings.secretFile())
                .orElseThrow(() -> new ConfigurationException(prefix + "secret", "is not set, nor is secret-file"));
        Optional<SecretKeySpec> previous =
                secret(prefix + "previous-secret", settings.previousSecret(), settings.previousSecretFile());
        return new RequestSigner(
                Stream.concat(Stream.of(current), previous.stream()).toList());
    }

    private static Optional<SecretKeySpec> secret(String key, Optional<String> text, Optional<Path> file) {
        if (text.isPresent() && file.isPresent()) {
            throw new ConfigurationException(key, "is set beside its file: use one of them");
        }
        return text.or(() -> file.map(path -> contentOf(key, path)))
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .map(secret -> keyOf(key, secret));
    }

    private static String contentOf(String key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new ConfigurationException(key + "-file", "cannot be read: " + file);
        }
    }

    private static SecretKeySpec keyOf(String key, byte[] secret) {
        if (secret.length < SHORTEST_SECRET) {
            throw new ConfigurationException(key, "is too short: it needs at least " + SHORTEST_SECRET + " characters");
        }
        return new SecretKeySpec(secret, ALGORITHM);
    }

    /** The headers that sign a body. */
    public Map<String, String> headersFor(byte[] body, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        String signatures = keys.stream()
                .map(key -> "v1=" + signature(key, timestamp, body))
                .collect(Collectors.joining(","));
        return Map.of(TIMESTAMP, timestamp, SIGNATURE, signatures);
    }

    private static String signature(SecretKeySpec key, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", impossible);
        }
    }
}
