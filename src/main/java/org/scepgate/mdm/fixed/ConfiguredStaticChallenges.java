package org.scepgate.mdm.fixed;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.scepgate.challenge.PresentedChallenge;
import org.scepgate.challenge.StaticChallenges;
import org.scepgate.mdm.SecretCheck;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.Profile;

/** Judges static challenges: where from, until when, and only then, because it is slow, whether it is the right one. */
@Singleton
public class ConfiguredStaticChallenges implements StaticChallenges {
    private static final Logger LOG = Logger.getLogger("org.scepgate.mdm.static");

    private static final int RETRY_AFTER_SECONDS = 60;

    private final StaticConfig config;
    private final SecretCheck secrets;
    private final Clock clock;
    private final Map<String, SharedChallenge> byProfile = new ConcurrentHashMap<>();

    ConfiguredStaticChallenges(StaticConfig config, SecretCheck secrets, Clock clock) {
        this.config = config;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Takes the challenge of a profile into use. */
    void serve(String name, SharedChallenge challenge) {
        byProfile.put(name, challenge);
    }

    @Override
    public void requireConfigured(String profile) {
        if (!config.profiles().containsKey(profile)) {
            throw new ConfigurationException(
                    "scepgate.mdm.static." + profile + ".challenge-hash",
                    "is not set, and profile " + profile + " authenticates by a static challenge");
        }
    }

    @Override
    public Uni<Optional<Binding>> find(Profile profile, PresentedChallenge presented) {
        SharedChallenge challenge = byProfile.get(profile.name());
        Optional<String> objection = objection(challenge, presented, clock.instant());
        if (objection.isPresent()) {
            LOG.infof("profile %s: %s", profile.name(), objection.get());
            return Uni.createFrom().item(Optional.empty());
        }
        SecretCheck.Attempt attempt = new SecretCheck.Attempt(
                "static/" + profile.name(),
                presented.sourceAddress(),
                presented.password().orElseThrow());
        return secrets.matches(challenge.hash(), attempt)
                // Not a refusal: behind the address of one that guesses there may be devices that do not.
                .onFailure(ApiException.class)
                .transform(tooOften -> later((ApiException) tooOften))
                .map(matches -> Optional.of(challenge).filter(right -> matches).map(right -> binding(right, profile)));
    }

    private static UnavailableException later(ApiException tooOften) {
        return new UnavailableException(
                "too many challenges from one network are not known",
                tooOften.retryAfterSeconds().orElse(RETRY_AFTER_SECONDS));
    }

    private static Optional<String> objection(SharedChallenge challenge, PresentedChallenge presented, Instant now) {
        if (!challenge.isInDate(now)) {
            return Optional.of("its static challenge ended at " + challenge.expires());
        }
        return challenge.isFor(presented.sourceAddress())
                ? Optional.empty()
                : Optional.of(presented.sourceAddress() + " is in no network of its static challenge");
    }

    private static Binding binding(SharedChallenge challenge, Profile profile) {
        try {
            return Binding.of(challenge.names().filled(MissingNode.getInstance()), profile);
        } catch (InvalidBindingException impossible) {
            throw new IllegalStateException("the names were taken at the start", impossible);
        }
    }

    @Override
    public boolean isSecret(String text) {
        return byProfile.values().stream().anyMatch(challenge -> secrets.remembers(challenge.hash(), text));
    }
}
