package org.scepgate.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fields one after another, each as its length in four bytes (big-endian) and its UTF-8: no two lists look alike. */
final class CanonicalBytes {
    private static final int NULL = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param kind what is encoded, and in which version */
    CanonicalBytes(String kind) {
        add(kind);
    }

    /** Null has a length of its own, FFFFFFFF. */
    CanonicalBytes add(String field) {
        byte[] text = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        int length = field == null ? NULL : text.length;
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        bytes.writeBytes(text);
        return this;
    }

    CanonicalBytes add(long number) {
        return add(Long.toString(number));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
