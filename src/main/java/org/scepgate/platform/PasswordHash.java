package org.scepgate.platform;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a configuration keeps of a secret: {@code pbkdf2-sha256:600000:salt:hash}, salt and hash in Base64url.
 *
 * <p>Slow on purpose: a copy of the configuration must not give short secrets away.
 */
public final class PasswordHash {
    private static final int ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "pbkdf2-sha256";
    private static final Pattern FORM =
            Pattern.compile(PREFIX + ":([1-9][0-9]{3,7}):([A-Za-z0-9_-]{22,88}):([A-Za-z0-9_-]{43})");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    public static PasswordHash of(String secret, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(secret, salt, ITERATIONS));
    }

    /** @throws IllegalArgumentException if it is none; the message does not repeat it */
    public static PasswordHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > MOST_ITERATIONS) {
            throw new IllegalArgumentException("is no hash as the command hash-password prints it");
        }
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new PasswordHash(
                Integer.parseInt(parts.group(1)), base64.decode(parts.group(2)), base64.decode(parts.group(3)));
    }

    /** Takes a third of a second. */
    public boolean isOf(String secret) {
        return MessageDigest.isEqual(hash, derive(secret, salt, iterations));
    }

    public String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return PREFIX + ":" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        try {
            PBEKeySpec key = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("PBKDF2 is part of every JDK", impossible);
        }
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return PREFIX;
    }
}
