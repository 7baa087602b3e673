package org.scepgate.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.Portions;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;
import org.scepgate.seal.Entry;
import org.scepgate.seal.Position;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealKey;
import org.scepgate.seal.SealedBatch;
import org.scepgate.seal.SealedRow;

/** Seals the audit log in batches, behind the back of whoever writes to it. Of all servers one does it. */
@Singleton
class Sealer {
    private static final String LOCK = "scepgate.audit.seal";
    private static final String KEY_SETTING = "scepgate.audit.seal-key-file";
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    /** Rows that are read at once: devices wait for the event loop meanwhile. */
    private static final int PORTION = 100;

    /** Rows of one seal, some whole portions. */
    private static final int BATCH = 10 * PORTION;

    /** Between what is done at whole seconds. */
    private static final Duration OFFSET = Duration.ofMillis(500);

    private final SealConfig config;
    private final SealStore store;
    private final Anchors anchors;
    private final ReplicaLock lock;
    private final CryptoPool crypto;
    private final Clock clock;
    private final Counter sealed;
    private final SealKey key;
    private volatile Instant waitingSince;

    Sealer(
            SealConfig config,
            SealStore store,
            Anchors anchors,
            ReplicaLock lock,
            CryptoPool crypto,
            Clock clock,
            MeterRegistry metrics) {
        this.config = config;
        this.store = store;
        this.anchors = anchors;
        this.lock = lock;
        this.crypto = crypto;
        this.clock = clock;
        this.key = config.sealKeyFile().map(Sealer::keyIn).orElse(SealKey.NONE);
        this.sealed = metrics.counter(MetricNames.AUDIT_SEALED);
        Gauge.builder(MetricNames.AUDIT_UNSEALED, this, Sealer::secondsUnsealed).register(metrics);
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        if (config.sealInterval().compareTo(SHORTEST_INTERVAL) < 0) {
            throw new ConfigurationException("scepgate.audit.seal-interval", "must be at least " + SHORTEST_INTERVAL);
        }
        schedule.every("sealing the audit log", config.sealInterval().plus(OFFSET), config.sealInterval(), this::seal);
    }

    private static SealKey keyIn(Path file) {
        try {
            return SealKey.of(Files.readString(file));
        } catch (IOException unreadable) {
            throw new ConfigurationException(KEY_SETTING, "cannot be read: " + file);
        } catch (IllegalArgumentException tooShort) {
            throw new ConfigurationException(KEY_SETTING, tooShort.getMessage());
        }
    }

    private Uni<Void> seal() {
        return lock.tryToRun(LOCK, connection -> sealAll(connection).chain(() -> anchors.writeDown(connection)))
                .chain(store::waitingSince)
                .invoke(since -> waitingSince = since.orElse(null))
                .replaceWithVoid();
    }

    private Uni<Void> sealAll(SqlConnection connection) {
        return Multi.createBy()
                .repeating()
                .uni(() -> store.last(connection).chain(last -> sealAfter(connection, last)))
                .whilst(rows -> rows == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Gives how many rows are in the new seal; none, no seal. */
    private Uni<Integer> sealAfter(SqlConnection connection, Optional<Seal> last) {
        Position after = last.map(seal -> seal.batch().last()).orElse(Position.START);
        return Portions.<SealedRow>upTo(
                        BATCH,
                        PORTION,
                        row -> store.unsealed(
                                connection, row.map(SealedRow::position).orElse(after), PORTION))
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : crypto.runAdmitted(() -> made(rows, last))
                                .chain(made -> store.insert(connection, made.seal(), made.entries()))
                                .invoke(() -> sealed.increment(rows.size()))
                                .replaceWith(rows.size()));
    }

    private record Made(Seal seal, byte[] entries) {}

    private Made made(List<SealedRow> rows, Optional<Seal> last) {
        byte[] entries = Entry.encode(rows.stream().map(SealedRow::entry).toList());
        long number = last.map(Seal::number).orElse(0L) + 1;
        byte[] previous = last.map(Seal::hash).orElseGet(Seal::beforeAll);
        return new Made(Seal.next(number, previous, SealedBatch.of(rows, entries), clock.instant(), key), entries);
    }

    private double secondsUnsealed() {
        Instant since = waitingSince;
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
