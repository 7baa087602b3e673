package org.scepgate.enrollment;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaGenerations;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.FastCrypto;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.ca.KeySettings;
import org.scepgate.ca.Pkcs11Tokens;
import org.scepgate.enrollment.EndpointConfig.CaConfig;
import org.scepgate.platform.ConfigurationException;

/** Reads the key pairs of the CAs that profiles name, each once. */
final class CaKeyLoader {
    private final Map<String, CaConfig> configs;
    private final FastCrypto crypto;
    private final Instant now;
    private final Pkcs11Tokens tokens = new Pkcs11Tokens();
    private final Map<String, CaGenerations> loaded = new HashMap<>();

    CaKeyLoader(Map<String, CaConfig> configs, FastCrypto crypto, Instant now) {
        this.configs = configs;
        this.crypto = crypto;
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

    /** The configuration key that says where the CA's own key is. */
    String authorityKey(String name) {
        return new CaKeySettings("scepgate.cas." + name + ".", configs.get(name))
                .authority()
                .source();
    }

    private CaGenerations load(String name) {
        String prefix = "scepgate.cas." + name + ".";
        CaConfig config = configs.get(name);
        return new CaGenerations(
                generation(name, prefix, config, false),
                config.next().map(next -> generation(name, prefix + "next.", next, true)),
                config.previous().map(previous -> generation(name, prefix + "previous.", previous, true)));
    }

    private CaKeys generation(String name, String prefix, KeyPairsConfig config, boolean anyTime) {
        return new Generation(name, new CaKeySettings(prefix, config), anyTime).load();
    }

    /** @param anyTime the next keys need not be in date yet, the previous ones no more */
    private final class Generation {
        private final String name;
        private final CaKeySettings settings;
        private final boolean anyTime;

        Generation(String name, CaKeySettings settings, boolean anyTime) {
            this.name = name;
            this.settings = settings;
            this.anyTime = anyTime;
        }

        CaKeys load() {
            KeySettings authority = settings.authority();
            KeyEntry ca = crypto.of(authority.load(tokens));
            reject(authority, KeyCheck.problemOfAuthority(ca, judgedAt(ca)));
            Optional<KeyEntry> ra = loadIfPresent(
                    settings.registrationAuthority(),
                    entry -> KeyCheck.problemOfRegistrationAuthority(entry, ca, judgedAt(entry)));
            Optional<KeyEntry> ocsp = loadIfPresent(
                    settings.ocspResponder(), entry -> KeyCheck.problemOfOcspResponder(entry, ca, judgedAt(entry)));
            return new CaKeys(name, ca, ra, ocsp);
        }

        private Optional<KeyEntry> loadIfPresent(KeySettings settings, Function<KeyEntry, Optional<String>> problem) {
            if (!settings.isPresent()) {
                return Optional.empty();
            }
            KeyEntry entry = crypto.of(settings.load(tokens));
            reject(settings, problem.apply(entry));
            return Optional.of(entry);
        }

        private Instant judgedAt(KeyEntry entry) {
            X509CertificateHolder certificate = entry.certificate();
            if (!anyTime || certificate.isValidOn(Date.from(now))) {
                return now;
            }
            return certificate.getNotBefore().toInstant();
        }

        private static void reject(KeySettings settings, Optional<String> problem) {
            if (problem.isPresent()) {
                throw new ConfigurationException(settings.source(), problem.get());
            }
        }
    }
}
