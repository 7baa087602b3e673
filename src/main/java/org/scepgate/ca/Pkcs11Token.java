package org.scepgate.ca;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.platform.UnavailableException;

/** A PKCS#11 token, logged in to; when it goes away, whoever needs it is told to come again, and it is looked for. */
public final class Pkcs11Token {
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Pkcs11Settings settings;
    private final Semaphore sessions;
    private final Pkcs11Connection connection;

    private Pkcs11Token(Pkcs11Settings settings, Pkcs11Connection connection) {
        this.settings = settings;
        this.sessions = new Semaphore(settings.sessions());
        this.connection = connection;
    }

    /** @throws UnusableKeyException if the library, the token or its PIN is not right */
    public static Pkcs11Token open(Pkcs11Settings settings) throws UnusableKeyException {
        char[] pin = new SecretFile(settings.pinFile()).readPassword();
        return new Pkcs11Token(settings, Pkcs11Connection.open(settings, pin));
    }

    /** What is done with a login. */
    interface Work<T> {
        T with(Pkcs11Login login) throws GeneralSecurityException, IOException;
    }

    /**
     * The key pair under this label.
     *
     * @param certificates in place of those that the token holds, the key's own first
     */
    public KeyEntry load(String label, Optional<Path> certificates) throws UnusableKeyException {
        List<X509CertificateHolder> chain =
                certificates.isPresent() ? PemKeys.certificates(certificates.get()) : chain(label);
        return new KeyEntry(new Pkcs11Key(this, label), chain.get(0), chain.subList(1, chain.size()));
    }

    private List<X509CertificateHolder> chain(String label) throws UnusableKeyException {
        try {
            // SunPKCS11 shows no private key unless its certificate is in the token, under the same CKA_ID.
            return run(login -> login.entries().isKeyEntry(label)) ? run(login -> login.chain(label)) : missing(label);
        } catch (UnavailableException e) {
            throw new UnusableKeyException(settings.name() + " does not answer", e);
        }
    }

    private List<X509CertificateHolder> missing(String label) throws UnusableKeyException {
        throw new UnusableKeyException(
                settings.name() + " holds no private key with a certificate under the label " + label);
    }

    /** @throws UnavailableException if the token does not answer */
    <T> T run(Work<T> work) {
        if (!acquired()) {
            throw new UnavailableException("every session of " + settings.name() + " is in use", RETRY_AFTER_SECONDS);
        }
        try {
            return runOrReconnect(work);
        } finally {
            sessions.release();
        }
    }

    private boolean acquired() {
        try {
            return sessions.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // Once more with a new login: a token that was away for a moment has only forgotten the old one.
    private <T> T runOrReconnect(Work<T> work) {
        Pkcs11Login login = require();
        try {
            return work.with(login);
        } catch (GeneralSecurityException | IOException | ProviderException e) {
            connection.drop(login, e);
        }
        login = require();
        try {
            return work.with(login);
        } catch (GeneralSecurityException | IOException | ProviderException e) {
            connection.drop(login, e);
            throw new UnavailableException(settings.name() + " does not answer", RETRY_AFTER_SECONDS, e);
        }
    }

    private Pkcs11Login require() {
        return connection
                .find()
                .orElseThrow(() -> new UnavailableException(settings.name() + " does not answer", RETRY_AFTER_SECONDS));
    }
}
