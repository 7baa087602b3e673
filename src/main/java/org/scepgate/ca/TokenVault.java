package org.scepgate.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.platform.UnavailableException;

/** Key pairs in a PKCS#11 token, which they never leave; the names are labels that begin alike. */
public final class TokenVault implements KeyVault {
    private final Pkcs11Token token;
    private final String labelPrefix;

    public TokenVault(Pkcs11Token token, String labelPrefix) {
        this.token = token;
        this.labelPrefix = labelPrefix;
    }

    public String label(String name) {
        return labelPrefix + name;
    }

    @Override
    public boolean holds(String name) {
        return token.run(login -> login.entries().isKeyEntry(label(name)));
    }

    @Override
    public KeyEntry make(String name, KeyKind kind, Certification certification) throws UnusableKeyException {
        change(login -> {
            KeyPair pair = kind.generate(KeyPairGenerator.getInstance(kind.algorithm(), login.provider()));
            SubjectPublicKeyInfo publicKey =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            List<X509CertificateHolder> chain = certification.certify(new NewKey(login, pair), publicKey);
            if (login.entries().isKeyEntry(label(name))) {
                login.entries().deleteEntry(label(name));
            }
            login.entries().setKeyEntry(label(name), pair.getPrivate(), null, PemKeys.toJava(chain));
            return chain;
        });
        return load(name);
    }

    @Override
    public KeyEntry certify(String name, List<X509CertificateHolder> certificates) throws UnusableKeyException {
        change(login -> {
            login.entries().setKeyEntry(label(name), login.key(label(name)), null, PemKeys.toJava(certificates));
            return certificates;
        });
        return load(name);
    }

    @Override
    public KeyEntry load(String name) throws UnusableKeyException {
        return token.load(label(name), Optional.empty());
    }

    private void change(Pkcs11Token.Work<?> work) throws UnusableKeyException {
        try {
            token.run(work);
        } catch (UnavailableException e) {
            throw new UnusableKeyException("the token does not take it: " + Pkcs11Connection.rootOf(e), e);
        }
    }

    /** A pair of this session, before it has a label. */
    private record NewKey(Pkcs11Login login, KeyPair pair) implements KeyOperations {
        @Override
        public byte[] sign(String algorithm, byte[] content) {
            try {
                Signature signature = Signature.getInstance(algorithm, login.provider());
                signature.initSign(pair.getPrivate());
                signature.update(content);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new ProviderException(e);
            }
        }

        @Override
        public byte[] decrypt(byte[] block) {
            throw new UnsupportedOperationException("a key that is being made decrypts nothing");
        }
    }
}
