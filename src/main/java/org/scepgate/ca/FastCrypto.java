package org.scepgate.ca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The Amazon Corretto Crypto Provider, four times as fast with RSA as the JDK's own providers; where it does not load,
 * the JDK's.
 */
public final class FastCrypto {
    private static final Logger LOG = Logger.getLogger(FastCrypto.class);
    // By name: it is in no package for another machine than Linux on x86-64 or AArch64.
    private static final String ACCP = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private final Optional<Provider> provider;

    private FastCrypto(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** The JDK's own providers. */
    public static FastCrypto none() {
        return new FastCrypto(Optional.empty());
    }

    /** Says in the log which provider software keys work in. */
    public static FastCrypto load() {
        if (NativeExecutable.isRunning()) {
            LOG.info("software keys work in the JDK's providers: a native executable has no other");
            return none();
        }
        try {
            Class<?> type = Class.forName(ACCP);
            Provider found = (Provider) type.getField("INSTANCE").get(null);
            Throwable failure = (Throwable) type.getMethod("getLoadingError").invoke(found);
            if (failure == null && found.getService("Signature", "SHA256withRSA") != null) {
                LOG.infof("software keys work in %s", found.getInfo());
                return new FastCrypto(Optional.of(found));
            }
            LOG.warnf("software keys work in the JDK's providers: Corretto's does not load (%s)", failure);
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warnf("software keys work in the JDK's providers: Corretto's is not there (%s)", e);
        }
        return none();
    }

    /** Where others than keys of ours may work too; empty where it does not load. */
    public Optional<Provider> provider() {
        return provider;
    }

    /** The same key pair, its key made by the fast provider: with another's key objects it is half as fast. */
    public KeyEntry of(KeyEntry entry) {
        if (provider.isEmpty() || !(entry.key() instanceof SoftwareKey software)) {
            return entry;
        }
        return new KeyEntry(fast(software, provider.get()), entry.certificate(), entry.chain());
    }

    private static SoftwareKey fast(SoftwareKey key, Provider provider) {
        try {
            PrivateKey own = KeyFactory.getInstance(key.key().getAlgorithm(), provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.key().getEncoded()));
            return new SoftwareKey(own, provider, provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " does not take a key that is fit for use", e);
        }
    }
}
