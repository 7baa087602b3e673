package org.scepgate.policy;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * The request has a challenge that was issued, in whatever state it is now.
 *
 * @param readAt when that was so by the database's clock, which all servers share
 */
public record KnownChallenge(UUID challengeId, Binding binding, ChallengeState state, Instant expiresAt, Instant readAt)
        implements Verdict {

    /** The same for the names that this request asks for, where they were left to it and fit. */
    KnownChallenge namedBy(Csr csr) {
        return new KnownChallenge(challengeId, binding.namedBy(csr), state, expiresAt, readAt);
    }

    @Override
    public <T> T fold(
            Function<NoChallenge, T> missing,
            Function<UnknownChallenge, T> unknown,
            Function<KnownChallenge, T> known) {
        return known.apply(this);
    }
}
