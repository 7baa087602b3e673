package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Tells whether a text that a device sent in clear is one of our challenges, and so must not be recorded. */
@Singleton
public class KnownSecrets {
    // No challenge of ours has this length.
    static final String DECOY = "decoy";

    private final VerdictStore verdicts;
    private final SecretMac mac;
    private final StaticChallenges shared;

    KnownSecrets(VerdictStore verdicts, SecretMac mac, StaticChallenges shared) {
        this.verdicts = verdicts;
        this.mac = mac;
        this.shared = shared;
    }

    /** Asks the database only about a text in the form of a challenge, which hardly any honest client sends in clear. */
    public Uni<Boolean> isChallenge(String text) {
        return ChallengeSecret.isFormOf(text)
                ? verdicts.knows(mac.of(text)).map(known -> known || shared.isSecret(text))
                : Uni.createFrom().item(shared.isSecret(text));
    }

    /** Does the work of an unknown challenge: an answer after it takes as long as one to a wrong challenge. */
    public Uni<Void> lookUpDecoy() {
        return verdicts.knows(mac.of(DECOY)).replaceWithVoid();
    }
}
