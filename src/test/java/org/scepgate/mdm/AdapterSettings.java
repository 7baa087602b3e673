package org.scepgate.mdm;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.challenge.OfferedProfile;
import org.scepgate.policy.Authentication;
import org.scepgate.policy.Profile;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestProfile;

/** Settings of an adapter as an administrator writes them, and the profiles {@code wifi} and {@code shared}. */
public final class AdapterSettings {
    public static final String HASH = TestAdapters.hash("a secret of the tests");

    private final Map<String, String> values = new HashMap<>();

    public static AdapterProfiles profiles() {
        Profile wifi = TestProfile.named("wifi").build();
        Profile shared = TestProfile.named("shared")
                .authenticateBy(Authentication.STATIC)
                .build();
        Map<String, Profile> known = Map.of("wifi", wifi, "shared", shared);
        return new AdapterProfiles(name -> Optional.ofNullable(known.get(name))
                .map(profile -> new OfferedProfile(profile, "", URI.create("https://scep.example"), List.of())));
    }

    /** An empty value removes the key. */
    public AdapterSettings with(String key, String value) {
        if (value == null || value.isEmpty()) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        return this;
    }

    public <T> T read(Class<T> mapping) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(values)
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
