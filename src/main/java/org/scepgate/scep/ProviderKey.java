package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Objects;
import javax.crypto.Cipher;

/** A key that works in a provider of the JCA. */
record ProviderKey(PrivateKey key, Provider provider) implements RecipientOperations {
    ProviderKey {
        Objects.requireNonNull(key);
        Objects.requireNonNull(provider);
    }

    @Override
    public byte[] sign(String algorithm, byte[] content) throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    @Override
    public byte[] decrypt(byte[] block) throws GeneralSecurityException {
        Cipher cipher = cipher("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(block);
    }

    // Of the JDK's own providers one decrypts and another one signs, so what the named one lacks is asked of all.
    private Cipher cipher(String transformation) throws GeneralSecurityException {
        try {
            return Cipher.getInstance(transformation, provider);
        } catch (NoSuchAlgorithmException e) {
            return Cipher.getInstance(transformation);
        }
    }

    private Signature signature(String algorithm) throws GeneralSecurityException {
        try {
            return Signature.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            return Signature.getInstance(algorithm);
        }
    }

    // A private key's own toString() may print its numbers.
    @Override
    public String toString() {
        return "ProviderKey[" + provider.getName() + "]";
    }
}
