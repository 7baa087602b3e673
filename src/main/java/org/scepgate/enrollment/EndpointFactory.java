package org.scepgate.enrollment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.scepgate.ca.CaGenerations;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.CertificateIssuer;
import org.scepgate.ca.FastCrypto;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;
import org.scepgate.enrollment.EndpointConfig.ChallengeConfig;
import org.scepgate.enrollment.EndpointConfig.KeysConfig;
import org.scepgate.enrollment.EndpointConfig.ProfileConfig;
import org.scepgate.enrollment.EndpointConfig.RenewalConfig;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.AllowedKeys;
import org.scepgate.policy.ApprovalRules;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.ChallengeRules;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.InvalidProfileException;
import org.scepgate.policy.KeyBlocklist;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.OutsideRules;
import org.scepgate.policy.Profile;
import org.scepgate.policy.RenewalRules;
import org.scepgate.scep.CaCapabilities;
import org.scepgate.scep.CertRepEncoder;
import org.scepgate.scep.LegacyAlgorithm;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.NextCaCertificates;
import org.scepgate.scep.PkiMessageDecoder;
import org.scepgate.scep.PublicKeyOperations;
import org.scepgate.scep.RecipientKey;

/** Makes a served profile of its configuration, or says which key is wrong. */
final class EndpointFactory {
    private final EndpointConfig config;
    private final CaKeyLoader keys;
    private final PublicKeyOperations operations;
    private final SecureRandom random = new SecureRandom();

    EndpointFactory(EndpointConfig config, FastCrypto crypto, Instant now) {
        this.config = config;
        this.operations = crypto.provider().map(PublicKeyOperations::in).orElse(PublicKeyOperations.OF_JDK);
        this.keys = new CaKeyLoader(config.cas(), crypto, now);
    }

    /** @throws ConfigurationException naming the key, if the profile could not work */
    ScepEndpoint create(String name) {
        String prefix = "scepgate.profiles." + name + ".";
        ProfileConfig settings = config.profiles().get(name);
        CaGenerations ca = keys.require(settings.ca(), prefix + "ca");
        requireUsable(ca, settings);
        Set<LegacyAlgorithm> legacy = legacyAlgorithms(settings, prefix);
        boolean caAlone = new CaCertificates(settings.caCertificates()).isCaAlone();
        List<Responder> responders = responders(name, prefix, ca, caAlone);
        List<RecipientKey> recipients =
                ca.all().stream().map(keys -> recipient(speaker(keys, caAlone))).toList();
        return new ScepEndpoint(
                responders.get(0).profile(),
                ca,
                responders,
                new PkiMessageDecoder(recipients, legacy, servedTypes(settings), operations),
                published(settings, ca, legacy));
    }

    private static Set<MessageType> servedTypes(ProfileConfig settings) {
        Set<MessageType> served = EnumSet.of(MessageType.PKCS_REQ, MessageType.CERT_POLL);
        if (renews(settings)) {
            served.add(MessageType.RENEWAL_REQ);
        }
        if (settings.getCert()) {
            served.add(MessageType.GET_CERT);
        }
        if (settings.getCrl()) {
            served.add(MessageType.GET_CRL);
        }
        return served;
    }

    private void requireUsable(CaGenerations ca, ProfileConfig settings) {
        boolean caAlone = new CaCertificates(settings.caCertificates()).isCaAlone();
        for (CaKeys generation : ca.all()) {
            if (!caAlone && generation.registrationAuthority().isEmpty()) {
                throw new ConfigurationException(
                        "scepgate.cas." + settings.ca() + ".ra-keystore",
                        "is needed by every profile whose ca-certificates.layout is not ca");
            }
            Optional<String> problem =
                    caAlone ? KeyCheck.problemOfSpeakingAuthority(generation.authority()) : Optional.empty();
            problem = problem.or(
                    () -> settings.getCrl() ? KeyCheck.problemOfCrlSigner(generation.authority()) : Optional.empty());
            if (problem.isPresent()) {
                throw new ConfigurationException(keys.authorityKey(settings.ca()), problem.get());
            }
        }
    }

    /**
     * In the order current, next, previous. The recipient of a request chooses the CA that issues, but for the previous
     * one: what it issued now would end with it.
     */
    private List<Responder> responders(String name, String prefix, CaGenerations ca, boolean caAlone) {
        List<Responder> responders = new ArrayList<>();
        PublicUrlSettings urls = new PublicUrlSettings(config, name);
        for (CaKeys generation : ca.all()) {
            boolean isPrevious = ca.previous().filter(generation::equals).isPresent();
            CaKeys issuing = isPrevious ? ca.current() : generation;
            KeyEntry speaker = speaker(generation, caAlone);
            responders.add(new Responder(
                    profile(name, prefix, issuing),
                    issuing,
                    new CertificateIssuer(issuing, random, urls.of(issuing)),
                    speaker,
                    new CertRepEncoder(recipient(speaker), random, operations)));
        }
        return List.copyOf(responders);
    }

    private Published published(ProfileConfig settings, CaGenerations ca, Set<LegacyAlgorithm> legacy) {
        CaCertificates certificates = new CaCertificates(settings.caCertificates());
        return new Published(
                new CaCapabilities(renews(settings), ca.next().isPresent(), legacy).text(),
                certificates.body(ca.current()),
                certificates.mediaType(),
                ca.next()
                        .map(next ->
                                nextCertificates(ca.current(), certificates.list(next), certificates.isCaAlone())));
    }

    private static byte[] nextCertificates(CaKeys current, List<X509CertificateHolder> next, boolean caAlone) {
        try {
            List<NextCaCertificates.Signer> signers = new ArrayList<>();
            for (KeyEntry entry : List.of(current.authority(), speaker(current, caAlone))) {
                if (signers.isEmpty() || entry != current.authority()) {
                    signers.add(new NextCaCertificates.Signer(entry.signer(), entry.certificate()));
                }
            }
            return NextCaCertificates.of(next, signers);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("CA " + current.name() + " cannot sign its next certificates", e);
        }
    }

    private static KeyEntry speaker(CaKeys ca, boolean caAlone) {
        return caAlone ? ca.authority() : ca.registrationAuthority().orElseThrow();
    }

    private static RecipientKey recipient(KeyEntry entry) {
        return new RecipientKey(new SpeakerKey(entry.key()), entry.certificate());
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
                    allowedKeys(settings.keys(), prefix),
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
                            settings.approval().lifetime(), settings.approval().maxPending()),
                    renewal(settings),
                    new OutsideRules(settings.outside().accountSids()));
        } catch (InvalidProfileException e) {
            throw new ConfigurationException(prefix + e.property(), e.getMessage());
        } catch (InvalidNameException e) {
            throw new ConfigurationException(prefix + "ca", "the CA's own name cannot be used: " + e.getMessage());
        }
    }

    private static AllowedKeys allowedKeys(KeysConfig settings, String prefix) throws InvalidProfileException {
        KeyBlocklist blocklist =
                settings.blocklist().map(file -> blocklist(file, prefix)).orElse(KeyBlocklist.NONE);
        return new AllowedKeys(settings.rsa(), settings.curves(), blocklist);
    }

    private static KeyBlocklist blocklist(Path file, String prefix) {
        try {
            return KeyBlocklist.parse(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(prefix + "keys.blocklist", file + " cannot be read: " + e.getMessage());
        }
    }

    private static RenewalRules renewal(ProfileConfig settings) throws InvalidProfileException {
        RenewalConfig renewal = settings.renewal();
        return new RenewalRules(renews(settings), renewal.window(), renewal.sameKey());
    }

    /** Not where an authority outside judges each request: no certificate speaks for another one. */
    private static boolean renews(ProfileConfig settings) {
        return settings.renewal().enabled()
                && settings.authenticateBy().stream()
                        .map(String::strip)
                        .noneMatch(Authentication.INTUNE.toString()::equals);
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
