package org.scepgate.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.ca.RevocationReason;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.MetricNames;

/** Revokes certificates and takes them from hold. */
@Singleton
public class RevocationService {
    private static final String UNHELD = "removeFromCRL";

    private final InventoryService inventory;
    private final RevocationStore store;
    private final MeterRegistry metrics;

    RevocationService(InventoryService inventory, RevocationStore store, MeterRegistry metrics) {
        this.inventory = inventory;
        this.store = store;
        this.metrics = metrics;
    }

    RevocationOrder order(RevokeRequest request, Caller caller) {
        return new RevocationOrder(request.requireReason(), request.checkedComment(), caller, inventory.now());
    }

    /** Done as well if it was revoked before: then the first reason stands. */
    Uni<CertificateView> revoke(String serial, String ca, RevocationOrder order) {
        return inventory
                .require(serial, ca)
                .chain(found -> store.revoke(found, order)
                        .invoke(changed ->
                                count(changed, found.profile(), order.reason().text()))
                        .chain(() -> inventory.require(found.serial(), found.ca())));
    }

    /** Done as well if it is valid; fails with {@link ApiException} (409) if it was revoked for good. */
    Uni<CertificateView> unhold(String serial, String ca, Optional<String> comment, Caller caller) {
        RevocationOrder order =
                new RevocationOrder(RevocationReason.CERTIFICATE_HOLD, comment, caller, inventory.now());
        return inventory
                .require(serial, ca)
                .chain(found -> store.unhold(found, order)
                        .invoke(changed -> count(changed, found.profile(), UNHELD))
                        .chain(() -> inventory.require(found.serial(), found.ca())))
                .invoke(RevocationService::requireGood);
    }

    private static void requireGood(CertificateView certificate) {
        if (certificate.state() == CertificateState.REVOKED) {
            throw ApiException.conflict(
                    "certificate-revoked", "it was revoked for good, for " + certificate.revocationReason());
        }
    }

    Uni<LostDeviceView> revokeDevice(String deviceId, RevocationOrder order) {
        return store.revokeDevice(deviceId, order)
                .invoke(done -> done.revoked()
                        .forEach(
                                row -> count(true, row.profile(), order.reason().text())))
                .map(done -> new LostDeviceView(serials(done.revoked()), done.challengesCancelled()));
    }

    /** Revokes what was issued for a challenge and what renewed it, in the caller's transaction; gives how many. */
    public Uni<Integer> revokeIssuedFor(UUID challengeId, RevocationReason reason, Caller caller, Instant now) {
        RevocationOrder order = new RevocationOrder(reason, Optional.empty(), caller, now);
        return store.revokeIssuedFor(challengeId, order)
                .invoke(rows -> rows.forEach(row -> count(true, row.profile(), reason.text())))
                .map(List::size);
    }

    private static List<String> serials(List<RevokedRow> rows) {
        return rows.stream().map(RevokedRow::serial).toList();
    }

    private void count(boolean changed, String profile, String reason) {
        if (changed) {
            metrics.counter(MetricNames.REVOCATIONS, "profile", profile, "reason", reason)
                    .increment();
        }
    }
}
