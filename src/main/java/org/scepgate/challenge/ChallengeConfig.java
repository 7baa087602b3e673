package org.scepgate.challenge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of all challenges; those of one profile are in the profile. */
@ConfigMapping(prefix = "scepgate.challenge")
public interface ChallengeConfig {
    /** In characters. */
    int SHORTEST_PEPPER = 32;

    /** Secret key of the MACs that stand for challenges in the database; the same on every server. */
    Optional<String> pepper();

    /** A file that holds the pepper instead. */
    Optional<Path> pepperFile();

    /**
     * How many requests from one address, or one /64 of IPv6, are refused within a minute on all servers together; the next
     * that would have to be refused is 429. Zero: any number.
     */
    @WithDefault("60")
    int refusalsPerMinute();
}
