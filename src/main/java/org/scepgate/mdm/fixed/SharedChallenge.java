package org.scepgate.mdm.fixed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.scepgate.mdm.Account;
import org.scepgate.mdm.NameTemplate;
import org.scepgate.mdm.fixed.StaticConfig.SharedConfig;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.IpNetwork;
import org.scepgate.platform.PasswordHash;
import org.scepgate.policy.Profile;

/** A static challenge, as one profile takes it. */
record SharedChallenge(PasswordHash hash, NameTemplate names, List<IpNetwork> networks, Instant expires) {

    /** @throws ConfigurationException naming the key that is wrong */
    static SharedChallenge of(String prefix, SharedConfig settings, Profile profile) {
        NameTemplate names = NameTemplate.of(prefix + "names.", settings.names(), profile);
        if (names.hasFields()) {
            throw new ConfigurationException(prefix + "names", "has fields in braces, and nobody tells of a device");
        }
        return new SharedChallenge(
                Account.parsed(prefix + "challenge-hash", settings.challengeHash()),
                names,
                networks(prefix + "networks", settings.networks().orElse(List.of())),
                settings.expires());
    }

    private static List<IpNetwork> networks(String key, List<String> texts) {
        List<IpNetwork> networks = new ArrayList<>();
        for (String text : texts) {
            try {
                networks.add(IpNetwork.parse(text));
            } catch (IllegalArgumentException unreadable) {
                throw new ConfigurationException(key, unreadable.getMessage());
            }
        }
        return List.copyOf(networks);
    }

    boolean isInDate(Instant now) {
        return now.isBefore(expires);
    }

    boolean isFor(String sourceAddress) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.holds(sourceAddress));
    }
}
