package org.scepgate.ca;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Key pairs kept as a PEM private key (PKCS#8, RFC 5958, encrypted or not) beside a file of PEM certificates. */
public final class PemKeys {
    private PemKeys() {}

    /**
     * @param certificates the key's certificate first, then those above it
     * @throws UnusableKeyException if a file cannot be read or does not hold what it should
     */
    public static KeyEntry load(Path keyFile, Path certificates, Optional<char[]> password)
            throws UnusableKeyException {
        PrivateKeyInfo info = keyInfo(keyFile, password);
        List<X509CertificateHolder> chain = certificates(certificates);
        try {
            PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(info);
            return new KeyEntry(SoftwareKey.of(key), chain.get(0), chain.subList(1, chain.size()));
        } catch (IOException e) {
            throw new UnusableKeyException(keyFile + " holds a private key of a kind that is not known here", e);
        }
    }

    /** @throws UnusableKeyException if there is none */
    public static List<X509CertificateHolder> certificates(Path file) throws UnusableKeyException {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                if (read instanceof X509CertificateHolder certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (NoSuchFileException e) {
            throw new UnusableKeyException(file + " does not exist", e);
        } catch (IOException | RuntimeException e) {
            throw new UnusableKeyException(file + " cannot be read as PEM", e);
        }
        if (certificates.isEmpty()) {
            throw new UnusableKeyException(file + " holds no certificate in PEM");
        }
        return certificates;
    }

    static Certificate[] toJava(List<X509CertificateHolder> certificates) throws CertificateException {
        Certificate[] converted = new Certificate[certificates.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = new JcaX509CertificateConverter().getCertificate(certificates.get(i));
        }
        return converted;
    }

    private static PrivateKeyInfo keyInfo(Path file, Optional<char[]> password) throws UnusableKeyException {
        Object read = firstKey(file);
        if (read instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            return decrypted(file, encrypted, password);
        }
        if (password.isPresent()) {
            throw new UnusableKeyException(file + " holds a key that is not encrypted, yet there is a password for it");
        }
        if (read instanceof PrivateKeyInfo info) {
            return info;
        }
        if (read instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        throw new UnusableKeyException(file + " holds no private key in PEM (PKCS#8)");
    }

    private static PrivateKeyInfo decrypted(
            Path file, PKCS8EncryptedPrivateKeyInfo encrypted, Optional<char[]> password) throws UnusableKeyException {
        if (password.isEmpty()) {
            throw new UnusableKeyException(file + " holds an encrypted key, and there is no password for it");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(new PasswordDecryptor(password.get()));
        } catch (PKCSException | RuntimeException e) {
            throw new UnusableKeyException(file + " cannot be decrypted with the password given", e);
        }
    }

    // openssl ecparam writes the curve before the key.
    private static Object firstKey(Path file) throws UnusableKeyException {
        String text = new String(new SecretFile(file).read(), StandardCharsets.US_ASCII);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            Object first = parser.readObject();
            return first instanceof ASN1ObjectIdentifier ? parser.readObject() : first;
        } catch (IOException | RuntimeException e) {
            // Without its cause, whose message might quote the key.
            throw new UnusableKeyException(file + " cannot be read as PEM");
        }
    }
}
