package org.scepgate.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What turns the bytes of a seal into its hash: SHA-256, or HMAC-SHA-256 under a key that the database never sees. */
public final class SealKey {
    /** In characters. */
    public static final int SHORTEST = 32;

    /** Anybody can make such a seal. */
    public static final SealKey NONE = new SealKey(Optional.empty());

    private static final String MAC = "HmacSHA256";

    private final Optional<SecretKeySpec> key;

    private SealKey(Optional<SecretKeySpec> key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if the text is too short */
    public static SealKey of(String text) {
        String secret = text.strip();
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("needs at least " + SHORTEST + " characters");
        }
        return new SealKey(Optional.of(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC)));
    }

    public boolean isKeyed() {
        return key.isPresent();
    }

    byte[] hash(byte[] bytes) {
        return key.map(secret -> hmac(secret, bytes)).orElseGet(() -> CanonicalBytes.sha256(bytes));
    }

    private static byte[] hmac(SecretKeySpec secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
