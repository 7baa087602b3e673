package org.scepgate.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.scepgate.platform.ConfigurationException;

/**
 * Tells of challenges that ended unused and of certificates that end soon, each once.
 *
 * <p>A challenge is told when the line of time that is being followed has passed its end; one that is given more time
 * later can end again. A certificate is told when it counts by two lines: that of the newest certificates and, for its
 * profile, that of the ends that are near. Each step moves one of them, and tells what counts by it for the first time.
 */
@Singleton
class Expiries {
    private static final String CHALLENGES = "challenge";
    private static final String RESERVED = "request";
    private static final String NEWEST = "certificate";
    private static final String PROFILE = NEWEST + "/";

    private final EventsConfig config;
    private final ExpiryStore ends;
    private final EventStore events;
    private final Clock clock;
    private Instant lastLook = Instant.MIN;

    Expiries(EventsConfig config, ExpiryStore ends, EventStore events, Clock clock) {
        this.config = config;
        this.ends = ends;
        this.events = events;
        this.clock = clock;
        requirePositive("expiry-interval", config.expiryInterval());
        requirePositive("expiring-before", config.expiringBefore());
        if (config.grace().isNegative()) {
            throw new ConfigurationException(EventsConfig.PREFIX + ".grace", "must not be negative");
        }
    }

    private static void requirePositive(String key, Duration set) {
        if (set.isNegative() || set.isZero()) {
            throw new ConfigurationException(EventsConfig.PREFIX + "." + key, "must be positive");
        }
    }

    /** Looks, if it is time for that. */
    Uni<Void> tell(SqlConnection connection) {
        Instant now = clock.instant();
        if (now.isBefore(lastLook.plus(config.expiryInterval()))) {
            return Uni.createFrom().voidItem();
        }
        return follow(connection, CHALLENGES, ends::challenges)
                .chain(() -> follow(connection, RESERVED, ends::reserved))
                .chain(() -> tellCertificates(connection))
                .invoke(() -> lastLook = now);
    }

    /** Reads a stretch of a line of time. */
    private interface Stretch {
        Uni<List<Expiry>> read(SqlConnection connection, Progress after, Instant until);
    }

    private Uni<Void> follow(SqlConnection connection, String source, Stretch stretch) {
        Instant until = clock.instant().minus(config.grace());
        return inPortions(() -> progressOr(connection, source, until)
                .chain(reached -> stretch.read(connection, reached, until)
                        .chain(found -> write(
                                connection,
                                found,
                                found.size() < ExpiryStore.AT_ONCE
                                        ? later(reached, until)
                                        : Progress.atTime(
                                                source,
                                                last(found).at(),
                                                last(found).id())))));
    }

    private Uni<Void> tellCertificates(SqlConnection connection) {
        // Below it no transaction is open that could still bring one.
        UUID newest = new UUID(clock.instant().minus(config.grace()).toEpochMilli() << 16, 0);
        return inPortions(() -> tellNewOnes(connection, newest))
                .chain(() -> ends.profiles(connection))
                .chain(profiles ->
                        forEach(profiles, profile -> inPortions(() -> tellEnding(connection, profile, newest))));
    }

    private Uni<Integer> tellNewOnes(SqlConnection connection, UUID newest) {
        return events.progress(connection, NEWEST)
                .map(known -> known.orElse(upTo(newest)))
                .chain(reached -> ends.newOnes(connection, reached.id(), newest)
                        .chain(found -> write(
                                connection,
                                found,
                                found.size() < ExpiryStore.AT_ONCE
                                        ? upTo(later(reached.id(), newest))
                                        : upTo(last(found).id()))));
    }

    private static Progress upTo(UUID newest) {
        return new Progress(NEWEST, null, null, newest);
    }

    private Uni<Integer> tellEnding(SqlConnection connection, String profile, UUID newest) {
        Instant now = clock.instant();
        Instant until = now.plus(leadOf(profile));
        return progressOr(connection, PROFILE + profile, now)
                .chain(reached -> ends.ending(connection, new ExpiryStore.Ends(profile, reached, until, newest))
                        .chain(found -> write(
                                connection,
                                found,
                                found.size() < ExpiryStore.AT_ONCE
                                        ? later(reached, until)
                                        : Progress.atTime(
                                                reached.source(),
                                                last(found).at(),
                                                last(found).id()))));
    }

    private Duration leadOf(String profile) {
        EventsConfig.ProfileConfig own = config.profiles().get(profile);
        return own == null ? config.expiringBefore() : own.expiringBefore().orElse(config.expiringBefore());
    }

    private Uni<Progress> progressOr(SqlConnection connection, String source, Instant beginning) {
        return events.progress(connection, source)
                .map(known -> known.orElse(Progress.atTime(source, beginning, Progress.LAST_ID)));
    }

    /** A line never goes back: a shorter lead, or a clock that was set, must tell nothing twice. */
    private static Progress later(Progress reached, Instant until) {
        return until.isAfter(reached.at()) ? Progress.atTime(reached.source(), until, Progress.LAST_ID) : reached;
    }

    private static UUID later(UUID reached, UUID newest) {
        return newest.compareTo(reached) > 0 ? newest : reached;
    }

    private Uni<Integer> write(SqlConnection connection, List<Expiry> found, Progress reached) {
        return events.write(connection, found.stream().map(Expiry::event).toList(), reached)
                .replaceWith(found.size());
    }

    private static Expiry last(List<Expiry> found) {
        return found.get(found.size() - 1);
    }

    private static Uni<Void> inPortions(Supplier<Uni<Integer>> portion) {
        return Multi.createBy()
                .repeating()
                .uni(() -> portion.get())
                .whilst(found -> found == ExpiryStore.AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> forEach(List<String> names, Function<String, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
