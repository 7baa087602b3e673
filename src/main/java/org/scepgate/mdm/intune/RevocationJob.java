package org.scepgate.mdm.intune;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.scepgate.challenge.VouchedChallenges;
import org.scepgate.mdm.intune.RevocationOrders.Answered;
import org.scepgate.mdm.intune.RevocationOrders.Order;
import org.scepgate.mdm.intune.RevocationOrders.Result;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;

/** Revokes what Intune wants revoked, and what it was never told of. Of all servers one does it. */
@Singleton
class RevocationJob {
    private static final Logger LOG = Logger.getLogger("org.scepgate.intune");
    private static final String LOCK = "scepgate.intune.revocations";
    /** In one run: the lock is another server's now and then. */
    private static final int MOST_ORDERS = 10_000;

    private static final Duration FIRST = Duration.ofSeconds(30);
    /** A device whose server died while it was answered comes back before that. */
    private static final Duration LEFT = Duration.ofDays(1);

    private final IntuneConfig config;
    private final IntuneAuthority authority;
    private final VouchedChallenges challenges;
    private final ReplicaLock lock;
    private final Clock clock;

    RevocationJob(
            IntuneConfig config,
            IntuneAuthority authority,
            VouchedChallenges challenges,
            ReplicaLock lock,
            Clock clock) {
        this.config = config;
        this.authority = authority;
        this.challenges = challenges;
        this.lock = lock;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        authority.connection().ifPresent(connection -> {
            Duration interval = config.revocation().interval();
            Duration first = interval.compareTo(FIRST) < 0 ? interval : FIRST;
            schedule.every("revoking for Intune", first, interval, () -> run(connection));
        });
    }

    private Uni<Void> run(IntuneConnection connection) {
        return lock.tryToRun(
                LOCK,
                database -> withdraw(connection)
                        .chain(() -> config.revocation().enabled()
                                ? revokeAll(connection, new HashSet<>())
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> withdraw(IntuneConnection connection) {
        if (!config.requireNotification()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = now();
        return challenges
                .withdrawLeftOpen(IntuneAuthority.NAME, now.minus(LEFT), now)
                .invoke(connection.metrics()::withdrawn)
                .replaceWithVoid();
    }

    /**
     * Batch by batch, until one is not full; what could not be done is given out again, and left to the next run, as is
     * what comes again although Intune took the answer.
     */
    private Uni<Void> revokeAll(IntuneConnection connection, Set<String> seen) {
        int most = config.revocation().batch();
        return connection
                .revocations()
                .download(most)
                .chain(orders -> !bringsNew(orders, seen)
                        ? Uni.createFrom().voidItem()
                        : revoke(orders)
                                .call(done -> connection.revocations().upload(done))
                                .chain(done -> {
                                    report(connection, done);
                                    return orders.size() < most || hasFault(done) || seen.size() >= MOST_ORDERS
                                            ? Uni.createFrom().voidItem()
                                            : revokeAll(connection, seen);
                                }));
    }

    private static boolean bringsNew(List<Order> orders, Set<String> seen) {
        return seen.addAll(orders.stream().map(Order::context).toList());
    }

    private static boolean hasFault(List<Answered> done) {
        return done.stream().anyMatch(one -> one.result() == Result.FAULT);
    }

    private Uni<List<Answered>> revoke(List<Order> orders) {
        return Multi.createFrom()
                .iterable(orders)
                .onItem()
                .transformToUniAndConcatenate(order -> revoke(order).map(result -> new Answered(order, result)))
                .collect()
                .asList();
    }

    private Uni<Result> revoke(Order order) {
        Optional<String> serial = Serials.parse(order.serial());
        if (serial.isEmpty()) {
            return Uni.createFrom().item(Result.UNREADABLE_SERIAL);
        }
        return challenges
                .revoke(IntuneAuthority.NAME, serial.get(), now())
                .map(RevocationJob::resultOf)
                .onFailure()
                .invoke(fault -> LOG.errorf(fault, "a certificate that Intune wants revoked could not be"))
                // The others of the batch are done, and Intune must hear of them.
                .onFailure()
                .recoverWithItem(Result.FAULT);
    }

    private static Result resultOf(VouchedChallenges.Revocation revocation) {
        return switch (revocation) {
            case DONE -> Result.DONE;
            case REVOKED_BEFORE -> Result.REVOKED_BEFORE;
            case UNKNOWN -> Result.UNKNOWN_CERTIFICATE;
        };
    }

    private static void report(IntuneConnection connection, List<Answered> done) {
        done.forEach(one -> connection.metrics().revocation(one.result().errorCode()));
        LOG.infof("intune.revocations orders=%d", done.size());
    }

    private Instant now() {
        // What PostgreSQL keeps of an instant.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
