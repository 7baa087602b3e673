package org.scepgate.ca;

import java.security.Signature;
import javax.crypto.Cipher;

/** A private key that stays in its token. */
record Pkcs11Key(Pkcs11Token token, String label) implements KeyOperations {

    @Override
    public byte[] sign(String algorithm, byte[] content) {
        return token.run(login -> {
            Signature signature = Signature.getInstance(algorithm, login.provider());
            signature.initSign(login.key(label));
            signature.update(content);
            return signature.sign();
        });
    }

    @Override
    public byte[] decrypt(byte[] block) {
        return token.run(login -> {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", login.provider());
            cipher.init(Cipher.DECRYPT_MODE, login.key(label));
            return cipher.doFinal(block);
        });
    }

    @Override
    public String toString() {
        return "Pkcs11Key[" + label + "]";
    }
}
