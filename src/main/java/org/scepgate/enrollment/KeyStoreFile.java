package org.scepgate.enrollment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.SoftwareKeys;
import org.scepgate.ca.UnusableKeyException;
import org.scepgate.platform.ConfigurationException;

/**
 * A PKCS#12 file that the configuration names.
 *
 * @param prefix the start of its configuration keys, before {@code keystore}, {@code password}, {@code password-file}
 */
record KeyStoreFile(Path file, String prefix) {

    /** @throws ConfigurationException naming the key to blame */
    KeyEntry read(Optional<String> password, Optional<Path> passwordFile) {
        char[] secret = secret(password, passwordFile).toCharArray();
        try {
            return SoftwareKeys.load(file, secret);
        } catch (UnusableKeyException e) {
            throw new ConfigurationException(prefix + "keystore", e.getMessage());
        }
    }

    private String secret(Optional<String> password, Optional<Path> passwordFile) {
        if (password.isPresent() == passwordFile.isPresent()) {
            throw new ConfigurationException(
                    prefix + "password", "set either this or " + prefix + "password-file, and not both");
        }
        if (password.isPresent()) {
            return password.get();
        }
        try {
            return Files.readString(passwordFile.get()).strip();
        } catch (IOException e) {
            throw new ConfigurationException(prefix + "password-file", passwordFile.get() + " cannot be read");
        }
    }
}
