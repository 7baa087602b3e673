package org.scepgate.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** The way to a token: one login, made anew when it is lost, by one thread at a time and at growing intervals. */
final class Pkcs11Connection {
    private static final Logger LOG = Logger.getLogger(Pkcs11Connection.class);
    private static final int MOST_COPIES = 100;

    private final Pkcs11Settings settings;
    private final char[] pin;
    private final ReentrantLock reconnecting = new ReentrantLock();
    private volatile Pkcs11Login current;
    private Path library;
    private final Pauses betweenLogins = new Pauses(Duration.ofSeconds(30));
    private final Pauses betweenCopies = new Pauses(Duration.ofMinutes(5));
    private int copies;
    private boolean pinRefused;

    private Pkcs11Connection(Pkcs11Settings settings, char[] pin) {
        this.settings = settings;
        this.pin = pin;
        this.library = settings.library();
    }

    static Pkcs11Connection open(Pkcs11Settings settings, char[] pin) throws UnusableKeyException {
        Pkcs11Connection connection = new Pkcs11Connection(settings, pin);
        try {
            connection.current = connection.login(settings.library());
            return connection;
        } catch (GeneralSecurityException | IOException | ProviderException | UnsatisfiedLinkError e) {
            String reason = isAboutThePin(e) ? " refuses the PIN" : " cannot be opened: " + rootOf(e);
            throw new UnusableKeyException(settings.name() + " of " + settings.library() + reason, e);
        }
    }

    /** The login, made now if it was lost and it is time to try; empty while the token is away. */
    Optional<Pkcs11Login> find() {
        Pkcs11Login login = current;
        if (login != null || !reconnecting.tryLock()) {
            return Optional.ofNullable(login);
        }
        try {
            if (current == null && !pinRefused && betweenLogins.areOver()) {
                reconnect();
            }
            return Optional.ofNullable(current);
        } finally {
            reconnecting.unlock();
        }
    }

    /** Says that this login is of no use any more. */
    void drop(Pkcs11Login login, Exception reason) {
        reconnecting.lock();
        try {
            if (current == login) {
                current = null;
                LOG.warnf("%s failed (%s); it is looked for at the next request", settings.name(), rootOf(reason));
            }
        } finally {
            reconnecting.unlock();
        }
    }

    private void reconnect() {
        Optional<Pkcs11Login> login = tryLogin(library).or(this::tryFreshLibrary);
        login.ifPresentOrElse(this::reconnected, betweenLogins::lengthen);
    }

    private void reconnected(Pkcs11Login login) {
        current = login;
        betweenLogins.reset();
        betweenCopies.reset();
        LOG.infof("%s is back", settings.name());
    }

    private Optional<Pkcs11Login> tryLogin(Path loaded) {
        try {
            return Optional.of(login(loaded));
        } catch (GeneralSecurityException
                | IOException
                | ProviderException
                | UnusableKeyException
                | UnsatisfiedLinkError e) {
            // Never twice with a PIN that was refused: tokens lock themselves after a few.
            pinRefused = isAboutThePin(e);
            LOG.warnf("%s is away (%s)", settings.name(), rootOf(e));
            return Optional.empty();
        }
    }

    // Some libraries find their token again only when they are initialized anew. SunPKCS11 never finalizes one, but it
    // initializes what it takes for another: a copy. Copies stay in memory, hence the limit.
    private Optional<Pkcs11Login> tryFreshLibrary() {
        if (pinRefused || copies >= MOST_COPIES || !betweenCopies.areOver()) {
            return Optional.empty();
        }
        betweenCopies.lengthen();
        copies++;
        try {
            Path copy = copyOfLibrary();
            Optional<Pkcs11Login> login = tryLogin(copy);
            if (login.isPresent()) {
                library = copy;
                copy.toFile().deleteOnExit();
            } else {
                Files.delete(copy);
            }
            return login;
        } catch (IOException e) {
            LOG.warnf("%s cannot be loaded anew: %s", settings.library(), e);
            return Optional.empty();
        }
    }

    private Path copyOfLibrary() throws IOException {
        Path copy = Files.createTempFile("scepgate-pkcs11-", ".so");
        return Files.copy(settings.library().toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private Pkcs11Login login(Path loaded) throws GeneralSecurityException, IOException, UnusableKeyException {
        Provider provider = new Pkcs11Slots(loaded).open(settings);
        return Pkcs11Login.to(provider, pin);
    }

    private static boolean isAboutThePin(Throwable failure) {
        return rootOf(failure).contains("CKR_PIN_");
    }

    static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
