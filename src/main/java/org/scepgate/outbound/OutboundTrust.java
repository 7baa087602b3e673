package org.scepgate.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.scepgate.platform.ConfigurationException;

/** The CAs that servers may have their certificates of: those of the JVM, and more of a file. */
final class OutboundTrust {
    private static final String KEY = OutboundConfig.PREFIX + ".trusted-certificates";

    private OutboundTrust() {}

    static TrustManagerFactory with(Path file) {
        try {
            List<Certificate> trusted = new ArrayList<>(List.of(ofTheJvm()));
            trusted.addAll(in(file));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("ca-" + i, trusted.get(i));
            }
            return factoryOf(store);
        } catch (IOException unreadable) {
            throw new ConfigurationException(KEY, "cannot be read: " + file);
        } catch (GeneralSecurityException unusable) {
            throw new ConfigurationException(KEY, "holds no PEM certificates: " + file);
        }
    }

    private static Collection<? extends Certificate> in(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new ConfigurationException(KEY, "holds no PEM certificates: " + file);
            }
            return found;
        }
    }

    private static X509Certificate[] ofTheJvm() throws GeneralSecurityException {
        for (TrustManager trust : factoryOf(null).getTrustManagers()) {
            if (trust instanceof X509TrustManager certificates) {
                return certificates.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManagerFactory factoryOf(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
