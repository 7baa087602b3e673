package org.scepgate.policy;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** The request has a challenge that was issued, in whatever state it is now. */
public record KnownChallenge(UUID challengeId, Binding binding, ChallengeState state, Instant expiresAt)
        implements Verdict {

    @Override
    public <T> T fold(
            Function<NoChallenge, T> missing,
            Function<UnknownChallenge, T> unknown,
            Function<KnownChallenge, T> known) {
        return known.apply(this);
    }
}
