package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Tells whether a text that a device sent in clear is one of our challenges, and so must not be recorded. */
@Singleton
public class KnownSecrets {
    private final VerdictStore verdicts;
    private final SecretMac mac;

    private final StaticChallenges shared;

    KnownSecrets(VerdictStore verdicts, SecretMac mac, StaticChallenges shared) {
        this.shared = shared;
        this.verdicts = verdicts;
        this.mac = mac;
    }

    /** Does the work of an unknown challenge: an answer after it takes as long as one to a wrong challenge. */
    public Uni<Boolean> isChallenge(String text) {
        return verdicts.knows(mac.of(text)).map(known -> known || shared.isSecret(text));
    }
}
