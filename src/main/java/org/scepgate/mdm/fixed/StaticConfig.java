package org.scepgate.mdm.fixed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.mdm.NameConfig;

/** The static challenges, by the profile that takes them. */
@ConfigMapping(prefix = "scepgate.mdm.static")
public interface StaticConfig {
    @WithParentName
    Map<String, SharedConfig> profiles();

    /** One of them. */
    interface SharedConfig {
        /** As the command {@code hash-password} prints it. */
        String challengeHash();

        NameConfig names();

        /** Where devices are, such as {@code 10.20.0.0/16}; by default anywhere. */
        Optional<List<String>> networks();

        /** When it ends, such as {@code 2027-01-01T00:00:00Z}. */
        Instant expires();
    }
}
