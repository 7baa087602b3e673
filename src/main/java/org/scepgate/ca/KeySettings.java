package org.scepgate.ca;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.platform.ConfigurationException;

/**
 * Where the configuration says that one key pair is kept.
 *
 * @param prefix the start of its configuration keys, such as {@code scepgate.cas.main.ra-}
 */
public record KeySettings(
        String prefix,
        Optional<Path> keystore,
        Optional<Path> key,
        Optional<Path> certificates,
        Optional<String> password,
        Optional<Path> passwordFile) {
    private static final String KEYSTORE = "keystore";
    private static final String KEY = "key";
    private static final String CERTIFICATES = "certificates";
    private static final String PASSWORD = "password";
    private static final String PASSWORD_FILE = "password-file";

    /** Whether anything at all is set, be it enough or not. */
    public boolean isPresent() {
        return !set().isEmpty();
    }

    /** The configuration key to blame for a key pair that does not serve. */
    public String source() {
        return prefix + (key.isPresent() ? KEY : KEYSTORE);
    }

    /** @throws ConfigurationException naming the key to change */
    public KeyEntry load() {
        requireOneSource();
        try {
            return key.isPresent()
                    ? PemKeys.load(key.get(), certificates.orElseThrow(), secret())
                    : SoftwareKeys.load(keystore.orElseThrow(), secret().orElseThrow());
        } catch (UnusableKeyException e) {
            throw new ConfigurationException(source(), e.getMessage());
        }
    }

    private void requireOneSource() {
        List<String> sources = List.copyOf(sources().keySet());
        if (sources.isEmpty()) {
            throw new ConfigurationException(
                    prefix + KEYSTORE, "is not set: name a PKCS#12 file, or a PEM key as " + prefix + KEY);
        }
        if (sources.size() > 1) {
            throw new ConfigurationException(
                    prefix + sources.get(1), "is set beside " + prefix + sources.get(0) + ": use one of them");
        }
        if (password.isPresent() && passwordFile.isPresent()) {
            throw new ConfigurationException(
                    prefix + PASSWORD, "set either this or " + prefix + PASSWORD_FILE + ", and not both");
        }
        requireCompanions();
    }

    private void requireCompanions() {
        boolean secret = password.isPresent() || passwordFile.isPresent();
        if (keystore.isPresent() && !secret) {
            throw new ConfigurationException(
                    prefix + PASSWORD, "set either this or " + prefix + PASSWORD_FILE + ", and not both");
        }
        if (keystore.isPresent() && certificates.isPresent()) {
            throw new ConfigurationException(
                    prefix + CERTIFICATES, "is not used: the certificates are in " + prefix + KEYSTORE);
        }
        if (key.isPresent() && certificates.isEmpty()) {
            throw new ConfigurationException(
                    prefix + CERTIFICATES, "is not set: the PEM file of the certificate of " + prefix + KEY);
        }
    }

    private Optional<char[]> secret() {
        if (passwordFile.isEmpty()) {
            return password.map(String::toCharArray);
        }
        try {
            return Optional.of(new SecretFile(passwordFile.get()).readPassword());
        } catch (UnusableKeyException e) {
            throw new ConfigurationException(prefix + PASSWORD_FILE, e.getMessage());
        }
    }

    private Map<String, Object> sources() {
        Map<String, Object> sources = new LinkedHashMap<>();
        keystore.ifPresent(file -> sources.put(KEYSTORE, file));
        key.ifPresent(file -> sources.put(KEY, file));
        return sources;
    }

    private Map<String, Object> set() {
        Map<String, Object> set = sources();
        certificates.ifPresent(file -> set.put(CERTIFICATES, file));
        password.ifPresent(secret -> set.put(PASSWORD, ""));
        passwordFile.ifPresent(file -> set.put(PASSWORD_FILE, file));
        return set;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KeySettings[" + prefix + "]";
    }
}
