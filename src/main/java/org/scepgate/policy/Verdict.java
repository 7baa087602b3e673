package org.scepgate.policy;

import java.util.function.Function;

/** What a verifier knows of the challenge in a request; asking it spends nothing. */
public sealed interface Verdict permits NoChallenge, UnknownChallenge, KnownChallenge {

    <T> T fold(
            Function<NoChallenge, T> missing, Function<UnknownChallenge, T> unknown, Function<KnownChallenge, T> known);
}
