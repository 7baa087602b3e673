package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3211WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.ParametersWithRandom;

/**
 * Writes a PasswordRecipientInfo: the content key under a key made of a password (RFC 5652 section 6.2.4, with PBKDF2
 * of RFC 8018 and the double encryption of RFC 3211 section 2.3.1).
 */
final class PasswordWrap {
    // The server pays for them with every answer, and challenges of 128 random bits are not guessed anyway.
    static final int ITERATIONS = 10_000;
    private static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    private static final int SALT_LENGTH = 16;
    /** [3] IMPLICIT PasswordRecipientInfo within RecipientInfo. */
    private static final int PASSWORD_RECIPIENT_INFO = 0xA3;

    private static final byte[] VERSION_0 = Der.integer(0);
    private static final byte[] PWRI_KEK = Der.of(PKCSObjectIdentifiers.id_alg_PWRI_KEK);

    private final SecureRandom random;

    PasswordWrap(SecureRandom random) {
        this.random = random;
    }

    /** @param cipher an AES, of the strength that the content is encrypted with */
    byte[] recipientInfo(byte[] contentKey, String password, ContentCipher cipher) {
        byte[] salt = randomBytes(SALT_LENGTH);
        byte[] initializationVector = randomBytes(cipher.blockLength());
        byte[] key = derive(
                "PBKDF2WithHmacSHA256",
                new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 8 * cipher.keyLength()));
        byte[] keyEncryption = Der.sequence(Der.of(cipher.oid()), Der.encode(Der.OCTET_STRING, initializationVector));
        return Der.encode(
                PASSWORD_RECIPIENT_INFO,
                VERSION_0,
                keyDerivation(salt),
                Der.sequence(PWRI_KEK, keyEncryption),
                Der.encode(Der.OCTET_STRING, wrap(contentKey, key, initializationVector)));
    }

    /** PBKDF2 by its JCA name; the password counts in UTF-8. */
    static byte[] derive(String algorithm, PBEKeySpec spec) {
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        }
    }

    // [0] IMPLICIT AlgorithmIdentifier. The key length is left out, since the key encryption implies it.
    private static byte[] keyDerivation(byte[] salt) {
        PBKDF2Params parameters = new PBKDF2Params(salt, ITERATIONS, HMAC_SHA256);
        return Der.encode(Der.CONTEXT_0, Der.of(PKCSObjectIdentifiers.id_PBKDF2), Der.of(parameters));
    }

    private byte[] wrap(byte[] contentKey, byte[] key, byte[] initializationVector) {
        CipherParameters parameters = new ParametersWithIV(new KeyParameter(key), initializationVector);
        RFC3211WrapEngine engine = new RFC3211WrapEngine(AESEngine.newInstance());
        engine.init(true, new ParametersWithRandom(parameters, random));
        return engine.wrap(contentKey, 0, contentKey.length);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
