package org.scepgate.mdm;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.scepgate.challenge.OfferedProfile;
import org.scepgate.challenge.ProfileCatalog;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.Profile;

/** Finds the profile that an adapter makes challenges for, or stops the start. */
@Singleton
public class AdapterProfiles {
    private final ProfileCatalog profiles;

    AdapterProfiles(ProfileCatalog profiles) {
        this.profiles = profiles;
    }

    /** @throws ConfigurationException naming the key, if there is none, or one that takes no challenges of ours */
    public Profile require(String key, String name) {
        Profile profile = find(name)
                .map(OfferedProfile::profile)
                .orElseThrow(() -> new ConfigurationException(key, "there is no profile " + name));
        Authentication way = profile.authenticateBy();
        if (way != Authentication.CHALLENGE && way != Authentication.CHALLENGE_AND_APPROVAL) {
            throw new ConfigurationException(key, "profile " + name + " takes no challenges that are made here");
        }
        return profile;
    }

    /** @throws ConfigurationException naming the key, if there is none, or one that takes no static challenge */
    public Profile requireStatic(String key, String name) {
        return find(name)
                .map(OfferedProfile::profile)
                .filter(profile -> profile.authenticateBy() == Authentication.STATIC)
                .orElseThrow(() -> new ConfigurationException(
                        key, "there is no profile " + name + " with authenticate-by static"));
    }

    private Optional<OfferedProfile> find(String name) {
        return profiles.find(name);
    }

    /** @throws ConfigurationException naming the key, if the profile does not allow a challenge to live that long */
    public static void requireTimeToLive(String key, Optional<Duration> timeToLive, Profile profile) {
        timeToLive.filter(ttl -> !profile.challenge().allows(ttl)).ifPresent(ttl -> {
            throw new ConfigurationException(
                    key,
                    "the profile allows " + profile.challenge().ttlMin() + " to "
                            + profile.challenge().ttlMax());
        });
    }
}
