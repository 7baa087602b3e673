package org.scepgate.challenge;

/** A challenge that was just made, with the one chance to see its secret. */
public record IssuedChallenge(Challenge challenge, ChallengeSecret secret, OfferedProfile offer) {}
