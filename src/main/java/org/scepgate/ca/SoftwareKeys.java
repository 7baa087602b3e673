package org.scepgate.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Key pairs kept in PKCS#12 files (RFC 7292). */
public final class SoftwareKeys {
    private SoftwareKeys() {}

    /**
     * Reads the one private key of a PKCS#12 file, with its certificate chain.
     *
     * @throws UnusableKeyException if the file is absent or open to everybody, the password wrong, or there is not exactly one private key
     */
    public static KeyEntry load(Path file, char[] password) throws UnusableKeyException {
        KeyStore store = open(file, password);
        try {
            String alias = onlyKeyAlias(file, store);
            PrivateKey key = (PrivateKey) store.getKey(alias, password);
            List<X509CertificateHolder> chain = chainOf(store, alias);
            List<X509CertificateHolder> above = chain.subList(1, chain.size());
            return new KeyEntry(SoftwareKey.of(key), chain.get(0), above);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableKeyException(file + " holds a private key that cannot be read", e);
        }
    }

    private static KeyStore open(Path file, char[] password) throws UnusableKeyException {
        byte[] content = new SecretFile(file).read();
        try (InputStream in = new ByteArrayInputStream(content)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableKeyException(file + " cannot be opened as PKCS#12 with the password given", e);
        }
    }

    private static String onlyKeyAlias(Path file, KeyStore store)
            throws GeneralSecurityException, UnusableKeyException {
        List<String> aliases = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                aliases.add(alias);
            }
        }
        if (aliases.size() != 1) {
            throw new UnusableKeyException(file + " must hold exactly one private key, but holds " + aliases.size());
        }
        return aliases.get(0);
    }

    private static List<X509CertificateHolder> chainOf(KeyStore store, String alias)
            throws GeneralSecurityException, IOException {
        List<X509CertificateHolder> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.add(new X509CertificateHolder(certificate.getEncoded()));
        }
        return chain;
    }
}
