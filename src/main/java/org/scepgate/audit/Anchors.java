package org.scepgate.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.MetricNames;
import org.scepgate.seal.Anchor;
import org.scepgate.seal.Seal;

/** Writes seals down where who owns the database has no hand: what was cut off at the end is found by these alone. */
@Singleton
class Anchors {
    private static final Logger LOG = Logger.getLogger("org.scepgate.audit.anchor");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int AT_ONCE = 500;

    private final SealStore store;
    private final MeterRegistry metrics;
    private final List<AnchorTarget> targets;

    Anchors(SealConfig config, SealStore store, Vertx vertx, MeterRegistry metrics) {
        this.store = store;
        this.metrics = metrics;
        Optional<AnchorTarget> file = config.anchorFile().map(path -> new AnchorFile(path, vertx));
        Optional<AnchorTarget> webhook =
                config.anchorUrl().map(url -> new AnchorWebhook(checked(url), vertx.createHttpClient()));
        this.targets = Stream.of(file, webhook).flatMap(Optional::stream).toList();
    }

    private static URI checked(URI url) {
        boolean https = "https".equals(url.getScheme()) && url.getHost() != null;
        // For an agent on the same machine.
        boolean local = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
        if (!https && !local) {
            throw new ConfigurationException("scepgate.audit.anchor-url", "must be an https URL");
        }
        return url;
    }

    /** A target that fails is tried again in the next round, with all that it missed. */
    Uni<Void> writeDown(SqlConnection connection) {
        return Multi.createFrom()
                .iterable(targets)
                .onItem()
                .transformToUniAndConcatenate(target -> writeDown(connection, target)
                        .onFailure()
                        .invoke(failure -> report(target, failure))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> writeDown(SqlConnection connection, AnchorTarget target) {
        return Multi.createBy()
                .repeating()
                .uni(() -> store.unanchored(connection, target.name(), AT_ONCE)
                        .chain(seals -> writeDown(connection, target, seals)))
                .whilst(written -> written == AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Gives how many were written. */
    private Uni<Integer> writeDown(SqlConnection connection, AnchorTarget target, List<Seal> seals) {
        if (seals.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Seal last = seals.get(seals.size() - 1);
        return target.write(seals.stream().map(Anchor::of).toList())
                .chain(() -> store.recordAnchored(connection, target.name(), last.number()))
                .replaceWith(seals.size());
    }

    private void report(AnchorTarget target, Throwable failure) {
        metrics.counter(MetricNames.AUDIT_ANCHOR_FAILURES, "target", target.name())
                .increment();
        LOG.warnf(
                "seals of the audit log cannot be written to the %s, and are tried again: %s", target.name(), failure);
    }
}
