package org.scepgate.policy;

import java.util.function.Function;

/** The request has no challenge. */
public record NoChallenge() implements Verdict {

    @Override
    public <T> T fold(
            Function<NoChallenge, T> missing,
            Function<UnknownChallenge, T> unknown,
            Function<KnownChallenge, T> known) {
        return missing.apply(this);
    }
}
