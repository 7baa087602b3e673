package org.scepgate.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.cert.X509CertificateHolder;

/** One login to a token; its keys are references that end with it. */
final class Pkcs11Login {
    private final Provider provider;
    private final KeyStore entries;
    private final Map<String, PrivateKey> keys = new ConcurrentHashMap<>();

    private Pkcs11Login(Provider provider, KeyStore entries) {
        this.provider = provider;
        this.entries = entries;
    }

    static Pkcs11Login to(Provider provider, char[] pin) throws GeneralSecurityException, IOException {
        KeyStore entries = KeyStore.getInstance("PKCS11", provider);
        entries.load(null, pin);
        return new Pkcs11Login(provider, entries);
    }

    Provider provider() {
        return provider;
    }

    KeyStore entries() {
        return entries;
    }

    PrivateKey key(String label) throws GeneralSecurityException {
        PrivateKey known = keys.get(label);
        return known != null ? known : find(label);
    }

    private PrivateKey find(String label) throws GeneralSecurityException {
        if (!(entries.getKey(label, null) instanceof PrivateKey key)) {
            throw new UnrecoverableKeyException("no private key " + label);
        }
        keys.put(label, key);
        return key;
    }

    List<X509CertificateHolder> chain(String label) throws GeneralSecurityException, IOException {
        List<X509CertificateHolder> chain = new ArrayList<>();
        for (Certificate certificate : entries.getCertificateChain(label)) {
            chain.add(new X509CertificateHolder(certificate.getEncoded()));
        }
        return chain;
    }
}
