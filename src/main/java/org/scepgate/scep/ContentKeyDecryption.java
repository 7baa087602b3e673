package org.scepgate.scep;

import java.security.SecureRandom;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.util.DigestFactory;

/**
 * Decrypts a content key, or yields a random one of the same length when the padding is wrong. So nobody can tell the
 * two apart before the content turns out to be noise, as it would with any wrong key (Bleichenbacher; RFC 3218).
 */
final class ContentKeyDecryption {
    private final SecureRandom random = new SecureRandom();

    byte[] decrypt(SealedContent sealed) {
        byte[] fallback = new byte[sealed.cipher().keyLength()];
        random.nextBytes(fallback);
        RawRsa rsa = new RawRsa(sealed.recipient());
        byte[] encrypted = sealed.encryptedKey();
        try {
            return sealed.keyTransport().oaep().isPresent()
                    ? oaep(rsa, sealed.keyTransport().oaep().get(), encrypted, fallback)
                    : pkcs1(rsa, encrypted, fallback);
        } catch (InvalidCipherTextException e) {
            return fallback;
        }
    }

    private static byte[] pkcs1(RawRsa rsa, byte[] encrypted, byte[] fallback) throws InvalidCipherTextException {
        PKCS1Encoding encoding = new PKCS1Encoding(rsa, fallback);
        encoding.init(false, RawRsa.PRIVATE);
        return encoding.processBlock(encrypted, 0, encrypted.length);
    }

    // Bouncy Castle makes one decision after it has looked at everything, which is what Manger's attack needs denied.
    private static byte[] oaep(RawRsa rsa, KeyTransport.Oaep parameters, byte[] encrypted, byte[] fallback)
            throws InvalidCipherTextException {
        OAEPEncoding encoding =
                new OAEPEncoding(rsa, digest(parameters.digest()), digest(parameters.mgfDigest()), new byte[0]);
        encoding.init(false, RawRsa.PRIVATE);
        byte[] key = encoding.processBlock(encrypted, 0, encrypted.length);
        return key.length == fallback.length ? key : fallback;
    }

    private static Digest digest(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA_1 -> DigestFactory.createSHA1();
            case SHA_256 -> DigestFactory.createSHA256();
            case SHA_384 -> DigestFactory.createSHA384();
            case SHA_512 -> DigestFactory.createSHA512();
            case MD5 -> throw new IllegalArgumentException("No OAEP with MD5");
        };
    }
}
