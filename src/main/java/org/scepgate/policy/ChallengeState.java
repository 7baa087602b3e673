package org.scepgate.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Where a challenge stands; that it may have expired shows in {@link KnownChallenge#expiresAt()}. */
public sealed interface ChallengeState {

    <T> T fold(
            Function<Open, T> open,
            Function<Locked, T> locked,
            Function<Cancelled, T> cancelled,
            Function<Spent, T> spent,
            Function<Held, T> held);

    /** Issued and not used yet. */
    record Open() implements ChallengeState {
        @Override
        public <T> T fold(
                Function<Open, T> open,
                Function<Locked, T> locked,
                Function<Cancelled, T> cancelled,
                Function<Spent, T> spent,
                Function<Held, T> held) {
            return open.apply(this);
        }
    }

    /** Refused too often. */
    record Locked() implements ChallengeState {
        @Override
        public <T> T fold(
                Function<Open, T> open,
                Function<Locked, T> locked,
                Function<Cancelled, T> cancelled,
                Function<Spent, T> spent,
                Function<Held, T> held) {
            return locked.apply(this);
        }
    }

    /** Taken back by the caller that asked for it. */
    record Cancelled() implements ChallengeState {
        @Override
        public <T> T fold(
                Function<Open, T> open,
                Function<Locked, T> locked,
                Function<Cancelled, T> cancelled,
                Function<Spent, T> spent,
                Function<Held, T> held) {
            return cancelled.apply(this);
        }
    }

    /**
     * Used: the request that spent it, by its two digests, and the certificate (DER) that answered it.
     *
     * @param collectableUntil until when the device may come for the certificate whatever the retry window, if the
     *     request waited for a person: it cannot know when that was
     */
    record Spent(
            Instant at,
            String spkiSha256,
            String requestSha256,
            byte[] certificate,
            Instant certificateNotAfter,
            boolean revoked,
            Optional<Instant> collectableUntil)
            implements ChallengeState {

        public Spent {
            certificate = certificate.clone();
        }

        @Override
        public byte[] certificate() {
            return certificate.clone();
        }

        @Override
        public <T> T fold(
                Function<Open, T> open,
                Function<Locked, T> locked,
                Function<Cancelled, T> cancelled,
                Function<Spent, T> spent,
                Function<Held, T> held) {
            return spent.apply(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Spent that
                    && at.equals(that.at)
                    && spkiSha256.equals(that.spkiSha256)
                    && requestSha256.equals(that.requestSha256)
                    && Arrays.equals(certificate, that.certificate)
                    && certificateNotAfter.equals(that.certificateNotAfter)
                    && revoked == that.revoked
                    && collectableUntil.equals(that.collectableUntil);
        }

        @Override
        public int hashCode() {
            return Objects.hash(at, spkiSha256, requestSha256);
        }
    }

    /** Reserved for a request that waits for a person, known by its two digests, or that waited in vain. */
    record Held(String spkiSha256, String requestSha256) implements ChallengeState {
        @Override
        public <T> T fold(
                Function<Open, T> open,
                Function<Locked, T> locked,
                Function<Cancelled, T> cancelled,
                Function<Spent, T> spent,
                Function<Held, T> held) {
            return held.apply(this);
        }
    }
}
