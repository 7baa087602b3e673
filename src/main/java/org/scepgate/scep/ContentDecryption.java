package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens an envelope in the same steps, whether what it finds inside is a message or noise. */
final class ContentDecryption {
    // ACCP's AES-CBC is no faster on messages this short, and a token need not have it.
    private static final String PROVIDER = "SunJCE";

    private final ContentKeyDecryption keys = new ContentKeyDecryption();

    /**
     * What came out of the envelope.
     *
     * @param plain everything that was decrypted, the padding too
     * @param length of it without the padding; with wrong padding, of all
     */
    record Opened(byte[] plain, int length, boolean wellPadded) {
        byte[] content() {
            return Arrays.copyOf(plain, length);
        }
    }

    Opened open(SealedContent sealed) {
        return open(keys.decrypt(sealed), sealed.cipher(), sealed.initializationVector(), sealed.encryptedContent());
    }

    static Opened open(byte[] key, ContentCipher cipher, byte[] initializationVector, byte[] encrypted) {
        int blockLength = cipher.blockLength();
        int whole = encrypted.length - encrypted.length % blockLength;
        byte[] plain = decrypt(key, cipher, initializationVector, Arrays.copyOf(encrypted, whole));
        int padding = paddingLength(plain, blockLength);
        boolean wellPadded = padding > 0 && whole == encrypted.length;
        return new Opened(plain, plain.length - padding, wellPadded);
    }

    private static byte[] decrypt(byte[] key, ContentCipher algorithm, byte[] initializationVector, byte[] encrypted) {
        String name = algorithm.jcaName();
        try {
            Cipher cipher = Cipher.getInstance(name + "/CBC/NoPadding", PROVIDER);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(initializationVector));
            return cipher.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot decrypt " + name, e);
        }
    }

    // RFC 5652 section 6.3, without a branch that depends on the bytes; 0 if the padding is wrong.
    private static int paddingLength(byte[] plain, int blockLength) {
        if (plain.length == 0) {
            return 0;
        }
        int padding = plain[plain.length - 1] & 0xFF;
        int wrong = padding - 1 >> 31 | blockLength - padding >> 31;
        for (int i = 1; i <= blockLength; i++) {
            int within = i - 1 - padding >> 31;
            wrong |= within & (plain[plain.length - i] ^ padding);
        }
        // All ones if anything was wrong.
        int mask = (wrong | -wrong) >> 31;
        return padding & ~mask;
    }
}
