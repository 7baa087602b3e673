package org.scepgate.testing;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;

/** A content key in the block that RSA encrypts, spoilt at will before it does. */
public final class KeyBlock {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 256;
    private static final int HASH = 32;

    private KeyBlock() {}

    /** RSA-2048 of {@code 00 02 padding 00 key} (RFC 8017, 7.2.1), after the change. */
    public static byte[] pkcs1(byte[] key, PublicKey recipient, UnaryOperator<byte[]> change) {
        byte[] block = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            block[i] = (byte) (1 + RANDOM.nextInt(255));
        }
        block[0] = 0;
        block[1] = 2;
        put(block, (byte) 0, key);
        return raw(change.apply(block), recipient);
    }

    /**
     * RSA-2048 of OAEP with SHA-256 (RFC 8017, 7.1.1): {@code 00 seed hash-of-the-label 00... 01 key}, after the change, all
     * but the first byte masked.
     */
    public static byte[] oaep(byte[] key, PublicKey recipient, UnaryOperator<byte[]> change) {
        byte[] block = new byte[LENGTH];
        byte[] seed = random(HASH);
        byte[] label = new byte[HASH];
        new SHA256Digest().doFinal(label, 0);
        System.arraycopy(seed, 0, block, 1, HASH);
        System.arraycopy(label, 0, block, 1 + HASH, HASH);
        put(block, (byte) 1, key);
        byte[] changed = change.apply(block);
        mask(changed, 1 + HASH, LENGTH, Arrays.copyOfRange(changed, 1, 1 + HASH));
        mask(changed, 1, 1 + HASH, Arrays.copyOfRange(changed, 1 + HASH, LENGTH));
        return raw(changed, recipient);
    }

    /** A change that sets one byte. */
    public static UnaryOperator<byte[]> set(int at, int value) {
        return block -> {
            byte[] changed = block.clone();
            changed[at] = (byte) value;
            return changed;
        };
    }

    /** A change that flips the lowest bit of one byte. */
    public static UnaryOperator<byte[]> flip(int at) {
        return block -> set(at, block[at] ^ 1).apply(block);
    }

    /** A change that leaves no zero behind the first byte. */
    public static byte[] withoutZero(byte[] block) {
        byte[] changed = block.clone();
        for (int i = 1; i < LENGTH; i++) {
            changed[i] = changed[i] == 0 ? 1 : changed[i];
        }
        return changed;
    }

    /** A change that leaves nothing but the first byte. */
    public static byte[] noise(byte[] block) {
        byte[] noise = random(LENGTH);
        noise[0] = block[0];
        return noise;
    }

    private static void put(byte[] block, byte separator, byte[] key) {
        block[LENGTH - key.length - 1] = separator;
        System.arraycopy(key, 0, block, LENGTH - key.length, key.length);
    }

    private static void mask(byte[] block, int from, int to, byte[] seed) {
        MGF1BytesGenerator generator = new MGF1BytesGenerator(new SHA256Digest());
        generator.init(new MGFParameters(seed));
        byte[] mask = new byte[to - from];
        generator.generateBytes(mask, 0, mask.length);
        for (int i = from; i < to; i++) {
            block[i] ^= mask[i - from];
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] raw(byte[] block, PublicKey recipient) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, recipient);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
