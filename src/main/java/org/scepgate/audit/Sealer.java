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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.MetricNames;
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
    private static final int BATCH = 1000;

    /** Rows that are read and hashed at once: devices wait for the event loop and the pool meanwhile. */
    private static final int PORTION = 100;

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
        // Half an interval off what else is done once a second: devices wait behind both.
        Duration delay = config.sealInterval().dividedBy(2);
        schedule.every("sealing the audit log", delay, config.sealInterval(), this::seal);
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
        Batch batch = new Batch();
        return Multi.createBy()
                .repeating()
                .uni(() -> gather(connection, batch.last().orElse(after), batch))
                .whilst(rows -> rows == PORTION && batch.rows.size() < BATCH)
                .collect()
                .last()
                .chain(() -> batch.rows.isEmpty() ? Uni.createFrom().item(0) : seal(connection, batch, last));
    }

    /** Rows, each with its entry. */
    private static final class Batch {
        private final List<SealedRow> rows = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();

        Optional<Position> last() {
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rows.get(rows.size() - 1).position());
        }
    }

    /** Gives how many rows were added. */
    private Uni<Integer> gather(SqlConnection connection, Position after, Batch batch) {
        return store.unsealed(connection, after, PORTION)
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : crypto.runAdmitted(() ->
                                        rows.stream().map(SealedRow::entry).toList())
                                .invoke(entries -> {
                                    batch.rows.addAll(rows);
                                    batch.entries.addAll(entries);
                                })
                                .replaceWith(rows.size()));
    }

    private Uni<Integer> seal(SqlConnection connection, Batch batch, Optional<Seal> last) {
        byte[] entries = Entry.encode(batch.entries);
        return crypto.runAdmitted(() -> next(SealedBatch.of(batch.rows, entries), last))
                .chain(seal -> store.insert(connection, seal, entries))
                .invoke(() -> sealed.increment(batch.rows.size()))
                .replaceWith(batch.rows.size());
    }

    private Seal next(SealedBatch batch, Optional<Seal> last) {
        long number = last.map(Seal::number).orElse(0L) + 1;
        byte[] previous = last.map(Seal::hash).orElseGet(Seal::beforeAll);
        return Seal.next(number, previous, batch, clock.instant(), key);
    }

    private double secondsUnsealed() {
        Instant since = waitingSince;
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
