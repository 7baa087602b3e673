package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.scepgate.platform.UnavailableException;

/**
 * Lets so many requests through to a service at once, and none for a while after it failed several times in a row: then one
 * goes ahead, and the others follow if it fares well. Whoever is turned away may come again, and has lost nothing.
 */
final class Gate {
    private static final int FULL_RETRY_SECONDS = 2;

    private static final Logger LOG = Logger.getLogger("org.scepgate.intune");

    private final String service;
    private final IntuneConfig config;
    private final Clock clock;

    private int running;
    private int failures;
    private Optional<Pass> trial = Optional.empty();
    private Instant closedUntil = Instant.MIN;

    Gate(String service, IntuneConfig config, Clock clock) {
        this.service = service;
        this.config = config;
        this.clock = clock;
    }

    /** One request on its way; no two are equal. */
    private static final class Pass {}

    /** Fails with {@link UnavailableException} where the call does not succeed, or is not made. */
    <T> Uni<T> pass(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            Pass pass = enter();
            return Uni.createFrom()
                    .deferred(call::get)
                    .onItem()
                    .invoke(this::succeeded)
                    .onFailure(IntuneException.class)
                    .transform(failure -> failed((IntuneException) failure))
                    .onTermination()
                    .invoke(() -> leave(pass));
        });
    }

    synchronized boolean isBroken() {
        return failures >= config.breaker().failures();
    }

    private synchronized Pass enter() {
        Instant now = clock.instant();
        if (now.isBefore(closedUntil) || (isBroken() && trial.isPresent())) {
            throw new UnavailableException(service + " does not answer", secondsUntil(closedUntil, now));
        }
        if (running >= config.maxConcurrent()) {
            throw new UnavailableException("too many requests wait for " + service, FULL_RETRY_SECONDS);
        }
        running++;
        Pass pass = new Pass();
        trial = isBroken() ? Optional.of(pass) : trial;
        return pass;
    }

    /** Those that went in before it broke may come out while another tries. */
    private synchronized void leave(Pass pass) {
        running--;
        trial = trial.filter(trying -> trying != pass);
    }

    private synchronized void succeeded() {
        failures = 0;
        closedUntil = Instant.MIN;
    }

    private synchronized UnavailableException failed(IntuneException failure) {
        Instant now = clock.instant();
        // Whoever makes up odd requests must not close the gate to all others.
        if (!failure.kind().isAboutOneRequest()) {
            count(failure, now);
        }
        // The device reads the other text.
        LOG.warnf("%s cannot be asked: %s", service, failure.getMessage());
        return new UnavailableException(service + " cannot be asked now", secondsUntil(closedUntil, now), failure);
    }

    private void count(IntuneException failure, Instant now) {
        failures++;
        // Who says when to come again is not asked before.
        Duration pause = failure.retryAfterSeconds()
                .map(Duration::ofSeconds)
                .orElse(isBroken() ? config.breaker().pause() : Duration.ZERO);
        Instant until = now.plus(pause);
        closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
    }

    private static int secondsUntil(Instant end, Instant now) {
        return end.isAfter(now)
                ? (int) Math.min(3600, Duration.between(now, end).toSeconds() + 1)
                : FULL_RETRY_SECONDS;
    }
}
