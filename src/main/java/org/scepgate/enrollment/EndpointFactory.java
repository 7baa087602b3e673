package org.scepgate.enrollment;

import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.CertificateIssuer;
import org.scepgate.ca.KeyEntry;
import org.scepgate.enrollment.EndpointConfig.ChallengeConfig;
import org.scepgate.enrollment.EndpointConfig.ProfileConfig;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.AllowedKeys;
import org.scepgate.policy.ApprovalRules;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.ChallengeRules;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.InvalidProfileException;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.Profile;
import org.scepgate.scep.CaCapabilities;
import org.scepgate.scep.CertRepEncoder;
import org.scepgate.scep.CertificateBundle;
import org.scepgate.scep.LegacyAlgorithm;
import org.scepgate.scep.PkiMessageDecoder;
import org.scepgate.scep.RecipientKey;

/** Makes a served profile of its configuration, or says which key is wrong. */
final class EndpointFactory {
    private final EndpointConfig config;
    private final CaKeyLoader keys;
    private final SecureRandom random = new SecureRandom();

    EndpointFactory(EndpointConfig config, Instant now) {
        this.config = config;
        this.keys = new CaKeyLoader(config.cas(), now);
    }

    /** @throws ConfigurationException naming the key, if the profile could not work */
    ScepEndpoint create(String name) {
        String prefix = "scepgate.profiles." + name + ".";
        ProfileConfig settings = config.profiles().get(name);
        CaKeys ca = keys.require(settings.ca(), prefix + "ca");
        Set<LegacyAlgorithm> legacy = legacyAlgorithms(settings, prefix);
        KeyEntry registration = ca.registrationAuthority();
        return new ScepEndpoint(
                profile(name, prefix, ca),
                ca,
                new CertificateIssuer(ca, random),
                new PkiMessageDecoder(List.of(recipient(registration, registration.ciphers())), legacy),
                new CertRepEncoder(recipient(registration, registration.signatures()), random),
                new CaCapabilities(false, false, legacy).text(),
                caCertificates(ca));
    }

    private static RecipientKey recipient(KeyEntry entry, Provider provider) {
        return new RecipientKey(entry.key(), entry.certificate(), provider);
    }

    /** RA first, then the CA and what is above it: every certificate of the chain (RFC 8894 section 2.2). */
    private static byte[] caCertificates(CaKeys ca) {
        return CertificateBundle.of(
                Stream.concat(Stream.of(ca.registrationAuthority().certificate()), ca.chain().stream())
                        .toList());
    }

    private Profile profile(String name, String prefix, CaKeys ca) {
        ProfileConfig settings = config.profiles().get(name);
        ChallengeConfig challenge = settings.challenge();
        try {
            return new Profile(
                    name,
                    settings.validity(),
                    Set.copyOf(parsed(settings.keyUsage(), KeyUsage::parse, prefix + "key-usage")),
                    parsed(extendedKeyUsage(settings), ExtendedKeyUsage::parse, prefix + "extended-key-usage"),
                    new AllowedKeys(settings.keys().rsa(), settings.keys().curves()),
                    new ChallengeRules(
                            challenge.ttlMin(),
                            challenge.ttlDefault(),
                            challenge.ttlMax(),
                            challenge.retryWindow(),
                            challenge.refusalsUntilLocked()),
                    settings.ephemeralSigner(),
                    DistinguishedName.of(ca.authority().certificate().getSubject()),
                    authentication(settings, prefix),
                    new ApprovalRules(
                            settings.approval().lifetime(), settings.approval().maxPending()));
        } catch (InvalidProfileException e) {
            throw new ConfigurationException(prefix + e.property(), e.getMessage());
        } catch (InvalidNameException e) {
            throw new ConfigurationException(prefix + "ca", "the CA's own name cannot be used: " + e.getMessage());
        }
    }

    /** The word {@code none} stands for a certificate without the extension: an empty value would mean the default. */
    private static List<String> extendedKeyUsage(ProfileConfig settings) {
        return settings.extendedKeyUsage().equals(List.of("none")) ? List.of() : settings.extendedKeyUsage();
    }

    private static Set<LegacyAlgorithm> legacyAlgorithms(ProfileConfig settings, String prefix) {
        Function<String, LegacyAlgorithm> byName = text -> LegacyAlgorithm.find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown algorithm " + text + "; known are DES, DES3, SHA-1 and MD5"));
        return new LinkedHashSet<>(
                parsed(settings.legacyAlgorithms().orElse(Set.of()), byName, prefix + "legacy-algorithms"));
    }

    private static Authentication authentication(ProfileConfig settings, String prefix) {
        try {
            return Authentication.parse(
                    settings.authenticateBy().stream().map(String::strip).toList());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(prefix + "authenticate-by", e.getMessage());
        }
    }

    private static <T> List<T> parsed(Collection<String> texts, Function<String, T> parser, String key) {
        try {
            return texts.stream().map(String::strip).map(parser).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(key, e.getMessage());
        }
    }
}
