package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.Profile;

/** Port: challenges that many devices share, as they are configured. */
public interface StaticChallenges {

    /** @throws ConfigurationException naming the key, if the profile has none */
    void requireConfigured(String profile);

    /** What a challenge lets its device ask for now; empty if it is wrong, out of date or from elsewhere. */
    Uni<Optional<Binding>> find(Profile profile, PresentedChallenge presented);

    /** Whether a text is one that devices have come with. */
    boolean isSecret(String text);
}
