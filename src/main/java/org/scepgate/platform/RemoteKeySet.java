package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Keys behind a URL: kept, fetched again when they are old or a token names one that is new, never waited for in vain. */
final class RemoteKeySet implements KeySet {
    static final Duration FRESH = Duration.ofMinutes(10);
    /** How long known keys still count while the issuer does not answer. */
    static final Duration USABLE = Duration.ofDays(1);
    /** Tokens with made-up key ids must not make us hammer the issuer. */
    static final Duration REFETCH_AT_MOST_EVERY = Duration.ofSeconds(30);

    static final Duration RETRY_WITHOUT_KEYS = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 10;
    private static final Logger LOG = Logger.getLogger("org.scepgate.issuer");

    private final String issuer;
    private final Supplier<CompletableFuture<List<JsonWebKey>>> source;
    private final Clock clock;

    private Known known = new Known(List.of(), Instant.MIN);
    private Instant lastAttempt = Instant.MIN;
    private CompletableFuture<Known> running;

    RemoteKeySet(String issuer, Supplier<CompletableFuture<List<JsonWebKey>>> source, Clock clock) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
    }

    private record Known(List<JsonWebKey> keys, Instant since) {
        boolean isOlderThan(Duration age, Instant now) {
            return since.equals(Instant.MIN) || now.isAfter(since.plus(age));
        }

        boolean fits(JsonWebSignature token) {
            try {
                return new VerificationJwkSelector().select(token, keys) != null;
            } catch (JoseException unreadable) {
                // The judgement of the token says so again, and then it counts.
                return true;
            }
        }
    }

    /** Fetches the keys ahead of the first token; nobody waits for it. */
    void prepare() {
        refreshed(clock.instant());
    }

    @Override
    public Uni<List<JsonWebKey>> keysFor(JsonWebSignature token) {
        Instant now = clock.instant();
        Known here = current();
        if (!here.isOlderThan(FRESH, now) && here.fits(token)) {
            return Uni.createFrom().item(here.keys());
        }
        return CallersContext.waitFor(refreshed(now)).map(found -> usable(found, now));
    }

    private List<JsonWebKey> usable(Known found, Instant now) {
        if (found.isOlderThan(USABLE, now)) {
            throw new UnavailableException(
                    "the keys of token issuer " + issuer + " cannot be fetched", RETRY_AFTER_SECONDS);
        }
        return found.keys();
    }

    private synchronized Known current() {
        return known;
    }

    /** What is known after one more attempt, or at once where it is too early for one. */
    private synchronized CompletionStage<Known> refreshed(Instant now) {
        if (running == null && isTimeFor(now)) {
            lastAttempt = now;
            CompletableFuture<Known> attempt = source.get().handle((keys, failure) -> ended(keys, failure, now));
            running = attempt.isDone() ? null : attempt;
            return attempt;
        }
        return running != null ? running : CompletableFuture.completedFuture(known);
    }

    private boolean isTimeFor(Instant now) {
        Duration pause = known.isOlderThan(USABLE, now) ? RETRY_WITHOUT_KEYS : REFETCH_AT_MOST_EVERY;
        return lastAttempt.equals(Instant.MIN) || !now.isBefore(lastAttempt.plus(pause));
    }

    private synchronized Known ended(List<JsonWebKey> keys, Throwable failure, Instant startedAt) {
        running = null;
        if (failure == null) {
            known = new Known(List.copyOf(keys), startedAt);
        } else {
            LOG.warnf("the keys of token issuer %s cannot be fetched: %s", issuer, failure);
        }
        return known;
    }
}
