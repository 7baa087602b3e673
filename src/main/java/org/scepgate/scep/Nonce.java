package org.scepgate.scep;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** A senderNonce: 16 bytes where we make it, 1 to 64 where a client did (RFC 8894 section 3.2.1.5). */
public record Nonce(byte[] bytes) {
    private static final int LENGTH = 16;
    private static final int MAX_LENGTH = 64;

    public Nonce {
        if (!isAcceptable(bytes)) {
            throw new IllegalArgumentException("A nonce has 1 to 64 bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    public static Nonce random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Nonce(bytes);
    }

    static boolean isAcceptable(byte[] bytes) {
        return bytes.length >= 1 && bytes.length <= MAX_LENGTH;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce nonce && Arrays.equals(bytes, nonce.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
