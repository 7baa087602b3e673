package org.scepgate.enrollment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaGenerations;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.enrollment.EndpointConfig.CaConfig;
import org.scepgate.enrollment.EndpointConfig.KeyPairsConfig;
import org.scepgate.platform.ConfigurationException;

/** Reads the key pairs of the CAs that profiles name, each once. */
final class CaKeyLoader {
    private final Map<String, CaConfig> configs;
    private final Instant now;
    private final Map<String, CaGenerations> loaded = new HashMap<>();

    CaKeyLoader(Map<String, CaConfig> configs, Instant now) {
        this.configs = configs;
        this.now = now;
    }

    /**
     * @param namedBy the configuration key that names this CA
     * @throws ConfigurationException if there is no such CA, or its keys cannot serve
     */
    CaGenerations require(String name, String namedBy) {
        if (!configs.containsKey(name)) {
            throw new ConfigurationException(namedBy, "there is no CA " + name + " in scepgate.cas");
        }
        return loaded.computeIfAbsent(name, this::load);
    }

    private CaGenerations load(String name) {
        String prefix = "scepgate.cas." + name + ".";
        CaConfig config = configs.get(name);
        return new CaGenerations(
                new Generation(name, prefix, config, false).load(),
                config.next().map(next -> new Generation(name, prefix + "next.", next, true).load()),
                config.previous().map(previous -> new Generation(name, prefix + "previous.", previous, true).load()));
    }

    /** @param anyTime the next keys need not be in date yet, the previous ones no more */
    private final class Generation {
        private final String name;
        private final String prefix;
        private final KeyPairsConfig config;
        private final boolean anyTime;

        Generation(String name, String prefix, KeyPairsConfig config, boolean anyTime) {
            this.name = name;
            this.prefix = prefix;
            this.config = config;
            this.anyTime = anyTime;
        }

        CaKeys load() {
            KeyEntry authority = new KeyStoreFile(config.caKeystore(), prefix + "ca-")
                    .read(config.caPassword(), config.caPasswordFile());
            reject("ca-keystore", KeyCheck.problemOfAuthority(authority, judgedAt(authority)));
            return new CaKeys(name, authority, config.raKeystore().map(file -> registration(file, authority)));
        }

        private KeyEntry registration(Path file, KeyEntry authority) {
            KeyEntry entry = new KeyStoreFile(file, prefix + "ra-").read(config.raPassword(), config.raPasswordFile());
            reject("ra-keystore", KeyCheck.problemOfRegistrationAuthority(entry, authority, judgedAt(entry)));
            return entry;
        }

        private Instant judgedAt(KeyEntry entry) {
            X509CertificateHolder certificate = entry.certificate();
            if (!anyTime || certificate.isValidOn(Date.from(now))) {
                return now;
            }
            return certificate.getNotBefore().toInstant();
        }

        private void reject(String key, Optional<String> problem) {
            if (problem.isPresent()) {
                throw new ConfigurationException(prefix + key, problem.get());
            }
        }
    }
}
