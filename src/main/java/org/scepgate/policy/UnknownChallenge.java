package org.scepgate.policy;

import java.util.function.Function;

/** The request has a challenge that was never issued. */
public record UnknownChallenge() implements Verdict {

    @Override
    public <T> T fold(
            Function<NoChallenge, T> missing,
            Function<UnknownChallenge, T> unknown,
            Function<KnownChallenge, T> known) {
        return unknown.apply(this);
    }
}
