package org.scepgate.ca;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import javax.crypto.Cipher;

/**
 * A key in this process' memory, and the JCA providers that sign and decrypt with it: two of them, because the JDK has
 * RSA signatures and RSA ciphers in different ones.
 */
record SoftwareKey(PrivateKey key, Provider signatures, Provider ciphers) implements KeyOperations {

    static SoftwareKey of(PrivateKey key) {
        boolean elliptic = "EC".equals(key.getAlgorithm());
        return new SoftwareKey(
                key,
                provider(elliptic ? "Signature.SHA256withECDSA" : "Signature.SHA256withRSA"),
                provider("Cipher.RSA"));
    }

    @Override
    public byte[] sign(String algorithm, byte[] content) {
        try {
            Signature signature = Signature.getInstance(algorithm, signatures);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of this service cannot sign " + algorithm, e);
        }
    }

    @Override
    public byte[] decrypt(byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", ciphers);
            cipher.init(Cipher.DECRYPT_MODE, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of this service cannot decrypt", e);
        }
    }

    private static Provider provider(String service) {
        return Security.getProviders(service)[0];
    }

    // A private key's own toString() may print its numbers.
    @Override
    public String toString() {
        return "SoftwareKey[" + key.getAlgorithm() + ", " + signatures.getName() + "]";
    }
}
