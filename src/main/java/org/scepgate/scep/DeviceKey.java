package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.util.Objects;
import org.bouncycastle.cert.X509CertificateHolder;

/** The key that a device signs its requests with, under a self-signed certificate or the one that it renews. */
public record DeviceKey(PrivateKey key, X509CertificateHolder certificate) implements MessageSigner {
    public DeviceKey {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
    }

    /** Whether answers can be encrypted to the key; else it takes a challenge (RFC 8894 section 3.1). */
    public boolean canDecrypt() {
        return PublicKeys.canDecrypt(certificate.getSubjectPublicKeyInfo());
    }

    @Override
    public byte[] sign(String algorithm, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    RecipientKey recipient() {
        return new RecipientKey(key, certificate, Security.getProvider("SunJCE"));
    }

    // A private key's own toString() may print its numbers.
    @Override
    public String toString() {
        return "DeviceKey[" + certificate.getSubject() + "]";
    }
}
