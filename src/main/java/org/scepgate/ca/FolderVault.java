package org.scepgate.ca;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** Key pairs as PKCS#12 files of one folder, readable by their owner alone. */
public final class FolderVault implements KeyVault {
    private static final String ALIAS = "key";

    private final Path folder;
    private final char[] password;

    public FolderVault(Path folder, char[] password) {
        this.folder = folder;
        this.password = password.clone();
    }

    /** @throws UnusableKeyException if the file cannot be read, or everybody can */
    public static char[] password(Path file) throws UnusableKeyException {
        return new SecretFile(file).readPassword();
    }

    public Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    @Override
    public boolean holds(String name) {
        return Files.exists(file(name));
    }

    @Override
    public KeyEntry make(String name, KeyKind kind, Certification certification) throws UnusableKeyException {
        try {
            KeyPair pair = kind.generate(KeyPairGenerator.getInstance(kind.algorithm()));
            SubjectPublicKeyInfo publicKey =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            store(name, pair.getPrivate(), certification.certify(SoftwareKey.of(pair.getPrivate()), publicKey));
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableKeyException(file(name) + " cannot be written: " + e.getMessage(), e);
        }
        return load(name);
    }

    @Override
    public KeyEntry certify(String name, List<X509CertificateHolder> certificates) throws UnusableKeyException {
        load(name);
        try (ByteArrayInputStream content = new ByteArrayInputStream(new SecretFile(file(name)).read())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, password);
            store(name, store.getKey(store.aliases().nextElement(), password), certificates);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableKeyException(file(name) + " cannot be written: " + e.getMessage(), e);
        }
        return load(name);
    }

    @Override
    public KeyEntry load(String name) throws UnusableKeyException {
        return SoftwareKeys.load(file(name), password);
    }

    private void store(String name, Key key, List<X509CertificateHolder> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, password, PemKeys.toJava(certificates));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        store.store(content, password);
        // A temporary file is its owner's alone (0600) from the moment it exists.
        Path unfinished = Files.createTempFile(folder, name, ".new");
        Files.write(unfinished, content.toByteArray());
        Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
