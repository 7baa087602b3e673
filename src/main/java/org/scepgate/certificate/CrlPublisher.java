package org.scepgate.certificate;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.scepgate.ca.CaId;
import org.scepgate.ca.CrlEntries;
import org.scepgate.ca.CrlSigner;
import org.scepgate.ca.SignedCrl;
import org.scepgate.certificate.CrlStore.Revoked;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.ReplicaLock;
import org.scepgate.platform.Schedule;

/** Publishes CRLs: when a certificate was revoked, and when the last one gets old. Of all servers one does it. */
@Singleton
class CrlPublisher {
    private static final Logger LOG = Logger.getLogger("org.scepgate.crl");
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Authorities authorities;
    private final CrlStore store;
    private final ReplicaLock lock;
    private final CryptoPool crypto;
    private final Clock clock;
    private final CrlMetrics metrics;

    CrlPublisher(
            Authorities authorities,
            CrlStore store,
            ReplicaLock lock,
            CryptoPool crypto,
            Clock clock,
            CrlMetrics metrics) {
        this.authorities = authorities;
        this.store = store;
        this.lock = lock;
        this.crypto = crypto;
        this.clock = clock;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        schedule.every("publishing CRLs", INTERVAL, INTERVAL, this::publishDue);
    }

    private Uni<Void> publishDue() {
        return store.states()
                .invoke(states -> metrics.show(authorities.all(), states))
                .chain(states -> Multi.createFrom()
                        .iterable(authorities.all())
                        .filter(authority -> authority.signsCrls() && isDue(authority, states))
                        .onItem()
                        .transformToUni(this::publish)
                        // A key that does not sign must not keep the others from it.
                        .collectFailures()
                        .concatenate()
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private boolean isDue(Authority authority, Map<CaId, CrlStore.State> states) {
        return Optional.ofNullable(states.get(authority.id()))
                .map(state -> isDue(authority, state))
                .orElse(true);
    }

    private boolean isDue(Authority authority, CrlStore.State state) {
        Instant now = now();
        // No two CRLs of one second: thisUpdate tells them apart, for If-Modified-Since too.
        return (state.changed() && now.isAfter(state.thisUpdate()))
                || !now.isBefore(state.thisUpdate().plus(authority.crlRefresh()));
    }

    /** Publishes if it is due and no other server is at it. */
    Uni<Void> publish(Authority authority) {
        String name = "scepgate.crl/" + authority.id().publicName();
        return lock.tryToRun(name, connection -> publish(connection, authority));
    }

    private Uni<Void> publish(SqlConnection connection, Authority authority) {
        // Once more, now that nobody else is at it: another server may just have been.
        return store.states()
                .chain(states -> isDue(authority, states)
                        ? make(connection, authority, Optional.ofNullable(states.get(authority.id())))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> make(SqlConnection connection, Authority authority, Optional<CrlStore.State> last) {
        CaId id = authority.id();
        long number = last.map(state -> state.number() + 1).orElse(1L);
        Instant since = last.map(CrlStore.State::thisUpdate).orElse(Instant.EPOCH);
        // Before anything is read: what happens from now on is the next one's.
        Instant thisUpdate = now();
        return store.changes(connection, id)
                .chain(changes -> store.revoked(connection, id, since)
                        .chain(revoked -> crypto.runAdmitted(() -> sign(authority, revoked, number, thisUpdate))
                                .chain(crl -> store.replace(connection, id, crl, changes)
                                        .invoke(mine -> report(mine, id, crl, revoked.size())))))
                .replaceWithVoid();
    }

    private SignedCrl sign(Authority authority, List<Revoked> revoked, long number, Instant thisUpdate) {
        CrlEntries entries = new CrlEntries();
        revoked.forEach(entry -> entries.add(entry.serial(), entry.at(), entry.reason()));
        return new CrlSigner(authority.keys()).sign(entries, number, thisUpdate, authority.crlValidity());
    }

    private Instant now() {
        // What a CRL can tell.
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void report(boolean mine, CaId id, SignedCrl crl, int entries) {
        if (mine) {
            metrics.countPublished(id);
            LOG.infof(
                    "crl.published ca=%s number=%d entries=%d bytes=%d",
                    id.publicName(), crl.number(), entries, crl.der().length);
        }
    }
}
