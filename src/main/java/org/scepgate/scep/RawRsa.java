package org.scepgate.scep;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * One RSA private-key operation where the key is kept (a token, or a fast provider), dressed for Bouncy Castle's
 * constant-time unpadding.
 */
final class RawRsa implements AsymmetricBlockCipher {
    /** For {@code init}: says that a private key is used; the key itself stays in the provider. */
    static final CipherParameters PRIVATE = new AsymmetricKeyParameter(true);

    private final RecipientKey recipient;
    private final BigInteger modulus;
    private final int length;

    RawRsa(RecipientKey recipient) {
        this.recipient = recipient;
        this.modulus = modulusOf(recipient);
        this.length = (modulus.bitLength() + 7) / 8;
    }

    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {
        if (forEncryption) {
            throw new IllegalArgumentException("Decrypts only");
        }
    }

    @Override
    public int getInputBlockSize() {
        return length;
    }

    // As Bouncy Castle's own engine: both paddings begin with a zero byte, which is left out.
    @Override
    public int getOutputBlockSize() {
        return length - 1;
    }

    @Override
    public byte[] processBlock(byte[] input, int offset, int inputLength) {
        try {
            byte[] output = recipient.operations().decrypt(fitting(new BigInteger(1, input, offset, inputLength)));
            return withoutFirstZero(fixedLength(output));
        } catch (GeneralSecurityException e) {
            // The input was made to fit, so this is the provider's trouble and not the client's.
            throw new IllegalStateException("The RSA key of the profile cannot decrypt", e);
        }
    }

    // A number that is no ciphertext at all is replaced by one that has no valid padding, so that it costs the same.
    private byte[] fitting(BigInteger ciphertext) {
        return fixedLength((ciphertext.compareTo(modulus) < 0 ? ciphertext : BigInteger.ONE).toByteArray());
    }

    // Some providers leave leading zeros out, and BigInteger may put one in.
    private byte[] fixedLength(byte[] number) {
        byte[] fixed = new byte[length];
        int count = Math.min(number.length, length);
        System.arraycopy(number, number.length - count, fixed, length - count, count);
        return fixed;
    }

    private byte[] withoutFirstZero(byte[] block) {
        if (block[0] != 0) {
            return block;
        }
        byte[] rest = new byte[length - 1];
        System.arraycopy(block, 1, rest, 0, rest.length);
        return rest;
    }

    private static BigInteger modulusOf(RecipientKey recipient) {
        try {
            return RSAPublicKey.getInstance(
                            recipient.certificate().getSubjectPublicKeyInfo().parsePublicKey())
                    .getModulus();
        } catch (IOException e) {
            throw new IllegalArgumentException("The certificate of " + recipient + " holds no RSA key", e);
        }
    }
}
