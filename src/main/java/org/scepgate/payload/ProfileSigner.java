package org.scepgate.payload;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.scepgate.platform.ConfigurationException;

/** Signs configuration profiles (CMS SignedData around them) where a key is configured, so that devices show from whom. */
@Startup
@Singleton
public class ProfileSigner {
    private static final String KEY = "scepgate.apple-profile.signer";

    private final Optional<Identity> identity;

    ProfileSigner(SignerConfig config) {
        this.identity = config.keystore().map(keystore -> identity(keystore, passwordOf(config)));
        // A profile is signed to be trusted at a glance: what cannot sign must not be found out by a device.
        sign(new byte[0]);
    }

    private record Identity(PrivateKey key, List<X509Certificate> chain, String algorithm) {}

    /** Signed, or as it is where no key is configured. */
    public byte[] sign(byte[] profile) {
        return identity.map(signer -> signed(profile, signer)).orElse(profile);
    }

    private static byte[] signed(byte[] profile, Identity signer) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                    .build(signer.algorithm(), signer.key(), signer.chain().get(0)));
            generator.addCertificates(new JcaCertStore(signer.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(profile), true)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
            throw new ConfigurationException(KEY + ".keystore", "its key does not sign");
        }
    }

    private static Identity identity(Path keystore, char[] password) {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            List<String> keys = Collections.list(store.aliases()).stream()
                    .filter(alias -> hasKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new ConfigurationException(
                        KEY + ".keystore", "holds " + keys.size() + " keys, and must hold one");
            }
            PrivateKey key = (PrivateKey) store.getKey(keys.get(0), password);
            String algorithm = "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
            return new Identity(key, chain(store.getCertificateChain(keys.get(0))), algorithm);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException(
                    KEY + ".keystore", keystore + " is no PKCS#12 file that opens with its password");
        }
    }

    private static boolean hasKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a loaded keystore can be read", e);
        }
    }

    private static List<X509Certificate> chain(Certificate... chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private static char[] passwordOf(SignerConfig config) {
        return config.password()
                .or(() -> config.passwordFile().map(ProfileSigner::contentOf))
                .orElseThrow(() -> new ConfigurationException(KEY + ".password", "is not set"))
                .toCharArray();
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(KEY + ".password-file", file + " cannot be read");
        }
    }
}
