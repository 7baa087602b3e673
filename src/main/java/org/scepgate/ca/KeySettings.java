package org.scepgate.ca;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.platform.ConfigurationException;

/**
 * Where the configuration says that one key pair is kept.
 *
 * @param prefix the start of its configuration keys, such as {@code scepgate.cas.main.ra-}
 * @param keyLabel the key's label in the token
 */
public record KeySettings(
        String prefix,
        Optional<Path> keystore,
        Optional<Path> key,
        Optional<String> keyLabel,
        Optional<Pkcs11Settings> token,
        Optional<Path> certificates,
        Optional<String> password,
        Optional<Path> passwordFile) {
    private static final String KEYSTORE = "keystore";
    private static final String KEY = "key";
    private static final String KEY_LABEL = "key-label";
    private static final String CERTIFICATES = "certificates";
    private static final String PASSWORD = "password";
    private static final String PASSWORD_FILE = "password-file";

    /** Whether anything at all is set, be it enough or not. */
    public boolean isPresent() {
        return !sources().isEmpty() || !companions().isEmpty();
    }

    /** The configuration key to blame for a key pair that does not serve. */
    public String source() {
        return prefix + sources().stream().findFirst().orElse(KEYSTORE);
    }

    /** @throws ConfigurationException naming the key to change */
    public KeyEntry load(Pkcs11Tokens tokens) {
        requireOneSource();
        try {
            if (keyLabel.isPresent()) {
                return tokens.require(token.orElseThrow()).load(keyLabel.get(), certificates);
            }
            return key.isPresent()
                    ? PemKeys.load(key.get(), certificates.orElseThrow(), secret())
                    : SoftwareKeys.load(keystore.orElseThrow(), secret().orElseThrow());
        } catch (UnusableKeyException e) {
            throw new ConfigurationException(source(), e.getMessage());
        }
    }

    private void requireOneSource() {
        List<String> sources = sources();
        if (sources.isEmpty()) {
            throw new ConfigurationException(
                    prefix + KEYSTORE,
                    "is not set: name a PKCS#12 file, or a PEM key as " + prefix + KEY
                            + ", or a key in a PKCS#11 token as " + prefix + KEY_LABEL);
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
        if (keyLabel.isPresent() && secret) {
            throw new ConfigurationException(prefix + PASSWORD, "is not used: the token's PIN is pkcs11.pin-file");
        }
        if (keyLabel.isPresent() && token.isEmpty()) {
            throw new ConfigurationException(prefix + KEY_LABEL, "needs the token, pkcs11.library beside it");
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

    private List<String> sources() {
        return namesOf(Map.of(KEYSTORE, keystore, KEY, key, KEY_LABEL, keyLabel));
    }

    private List<String> companions() {
        return namesOf(Map.of(CERTIFICATES, certificates, PASSWORD, password, PASSWORD_FILE, passwordFile));
    }

    private static List<String> namesOf(Map<String, Optional<?>> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getValue().isPresent())
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KeySettings[" + prefix + "]";
    }
}
