package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Objects;
import org.bouncycastle.cert.X509CertificateHolder;

/** The RSA key pair that requests are encrypted to and answers are signed with. */
public record RecipientKey(RecipientOperations operations, X509CertificateHolder certificate) implements MessageSigner {
    public RecipientKey {
        Objects.requireNonNull(operations);
        Objects.requireNonNull(certificate);
    }

    /** @param provider the one that the key works in */
    public RecipientKey(PrivateKey key, X509CertificateHolder certificate, Provider provider) {
        this(new ProviderKey(key, provider), certificate);
    }

    @Override
    public byte[] sign(String algorithm, byte[] content) throws GeneralSecurityException {
        return operations.sign(algorithm, content);
    }

    @Override
    public String toString() {
        return "RecipientKey[" + certificate.getSubject() + "]";
    }
}
