package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Objects;
import javax.crypto.Cipher;
import org.bouncycastle.cert.X509CertificateHolder;

/** The RSA key pair that requests are encrypted to and answers are signed with, and the provider its key works in. */
public record RecipientKey(PrivateKey key, X509CertificateHolder certificate, Provider provider)
        implements MessageSigner {
    public RecipientKey {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(provider);
    }

    // Of the JDK's own providers one decrypts and another one signs, so what the named one lacks is asked of all.
    Cipher cipher(String transformation) throws GeneralSecurityException {
        try {
            return Cipher.getInstance(transformation, provider);
        } catch (NoSuchAlgorithmException e) {
            return Cipher.getInstance(transformation);
        }
    }

    @Override
    public Signature signature(String algorithm) throws GeneralSecurityException {
        try {
            return Signature.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            return Signature.getInstance(algorithm);
        }
    }

    // A private key's own toString() may print its numbers.
    @Override
    public String toString() {
        return "RecipientKey[" + certificate.getSubject() + ", " + provider.getName() + "]";
    }
}
