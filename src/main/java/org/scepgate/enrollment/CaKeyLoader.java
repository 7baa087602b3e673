package org.scepgate.enrollment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.SoftwareKeys;
import org.scepgate.ca.UnusableKeyException;
import org.scepgate.enrollment.EndpointConfig.CaConfig;
import org.scepgate.platform.ConfigurationException;

/** Reads the key pairs of the CAs that profiles name, each once. */
final class CaKeyLoader {
    private final Map<String, CaConfig> configs;
    private final Instant now;
    private final Map<String, CaKeys> loaded = new HashMap<>();

    CaKeyLoader(Map<String, CaConfig> configs, Instant now) {
        this.configs = configs;
        this.now = now;
    }

    /**
     * @param namedBy the configuration key that names this CA
     * @throws ConfigurationException if there is no such CA, or its keys cannot serve
     */
    CaKeys require(String name, String namedBy) {
        if (!configs.containsKey(name)) {
            throw new ConfigurationException(namedBy, "there is no CA " + name + " in scepgate.cas");
        }
        return loaded.computeIfAbsent(name, this::load);
    }

    private CaKeys load(String name) {
        String prefix = "scepgate.cas." + name + ".";
        CaConfig config = configs.get(name);
        KeyEntry authority = read(config.caKeystore(), prefix + "ca-", config.caPassword(), config.caPasswordFile());
        reject(prefix + "ca-keystore", KeyCheck.problemOfAuthority(authority, now));
        KeyEntry registration = read(config.raKeystore(), prefix + "ra-", config.raPassword(), config.raPasswordFile());
        reject(prefix + "ra-keystore", KeyCheck.problemOfRegistrationAuthority(registration, authority, now));
        return new CaKeys(name, authority, registration);
    }

    private static void reject(String key, Optional<String> problem) {
        if (problem.isPresent()) {
            throw new ConfigurationException(key, problem.get());
        }
    }

    private static KeyEntry read(Path file, String prefix, Optional<String> password, Optional<Path> passwordFile) {
        char[] secret = password(prefix, password, passwordFile).toCharArray();
        try {
            return SoftwareKeys.load(file, secret);
        } catch (UnusableKeyException e) {
            throw new ConfigurationException(prefix + "keystore", e.getMessage());
        }
    }

    private static String password(String prefix, Optional<String> password, Optional<Path> passwordFile) {
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
