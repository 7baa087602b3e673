package org.scepgate.challenge;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.scepgate.challenge.ClientsConfig.ClientConfig;
import org.scepgate.platform.CallerId;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.TokenIssuers;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.PermittedNames;
import org.scepgate.policy.RequestedAltNames;

/** Reads what is configured for a client, and stops the start where it could not work. */
@Singleton
class ClientRulesFactory {
    static final String PREFIX = "scepgate.clients.";

    private final TokenIssuers issuers;
    private final ProfileCatalog profiles;

    ClientRulesFactory(TokenIssuers issuers, ProfileCatalog profiles) {
        this.issuers = issuers;
        this.profiles = profiles;
    }

    /** What the client is known by as a caller. */
    String callerOf(String name, ClientConfig settings) {
        String key = PREFIX + name + ".issuer";
        Set<String> known = issuers.names();
        String issuer = settings.issuer()
                .or(() -> onlyOneOf(known))
                .orElseThrow(() ->
                        new ConfigurationException(key, "is not set, and there are several issuers: one of " + known));
        if (!known.contains(issuer)) {
            throw new ConfigurationException(key, "there is no token issuer " + issuer);
        }
        return CallerId.of(issuer, settings.id())
                .orElseThrow(() -> new ConfigurationException(PREFIX + name + ".id", "cannot be a client's id"));
    }

    ClientRules rulesOf(String name, ClientConfig settings) {
        String prefix = PREFIX + name + ".";
        settings.profiles().orElse(Set.of()).forEach(profile -> requireProfile(prefix, profile));
        requirePositive(prefix + "max-open-challenges", settings.maxOpenChallenges());
        requirePositive(prefix + "rate", settings.rate());
        return new ClientRules(
                settings.profiles().map(Set::copyOf),
                namesOf(prefix, settings),
                settings.maxOpenChallenges(),
                settings.rate());
    }

    private void requireProfile(String prefix, String profile) {
        if (profiles.find(profile).isEmpty()) {
            throw new ConfigurationException(prefix + "profiles", "there is no profile " + profile);
        }
    }

    private static void requirePositive(String key, OptionalInt value) {
        if (value.orElse(1) < 1) {
            throw new ConfigurationException(key, "must be at least 1");
        }
    }

    private static PermittedNames namesOf(String prefix, ClientConfig settings) {
        RequestedAltNames patterns = new RequestedAltNames(
                listed(settings.dnsSuffixes()),
                listed(settings.emailSuffixes()),
                listed(settings.uriPrefixes()),
                listed(settings.ipRanges()),
                listed(settings.upnSuffixes()));
        try {
            return PermittedNames.of(settings.subjectPattern(), patterns);
        } catch (InvalidNameException invalid) {
            throw new ConfigurationException(prefix + keyOf(invalid.place()), invalid.getMessage());
        }
    }

    private static String keyOf(String place) {
        return switch (place) {
            case "subject" -> "subject-pattern";
            case "uri" -> "uri-prefixes";
            case "ip" -> "ip-ranges";
            default -> place + "-suffixes";
        };
    }

    private static List<String> listed(Optional<List<String>> texts) {
        return texts.orElse(List.of());
    }

    private static Optional<String> onlyOneOf(Set<String> names) {
        return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
    }
}
