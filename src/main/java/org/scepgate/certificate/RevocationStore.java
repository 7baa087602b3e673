package org.scepgate.certificate;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;

/** Writes revocations. Every change is one conditional statement, so that the first reason stands on all servers. */
@ApplicationScoped
public class RevocationStore {
    // A hold may become final, and stays what it was since when. A trigger lets the CRL follow.
    private static final String REVOKE = """
            with changed as (
                update certificate
                set revoked_at = coalesce(revoked_at, cast(:at as timestamptz)), revocation_reason = :reason
                where %s and (revoked_at is null or (revocation_reason = 6 and :reason <> 6))
                returning ca, serial, profile, device_id, subject
            )
            select * from changed
            """;
    private static final String REVOKE_ONE = REVOKE.formatted("ca = :ca and serial = :serial");
    private static final String REVOKE_DEVICE =
            REVOKE.formatted("device_id = :device and not_after >= cast(:at as timestamptz)");
    private static final String REVOKE_ISSUED_FOR = REVOKE.formatted(
            "(challenge_id = :challenge or origin_challenge_id = :challenge) and not_after >= cast(:at as timestamptz)");
    private static final String UNHOLD = """
            with changed as (
                update certificate set revoked_at = null, revocation_reason = null
                where ca = :ca and serial = :serial and revocation_reason = 6
                returning ca, serial, profile, device_id, subject
            )
            select * from changed
            """;

    private final AuditLog audit;
    private final DeviceChallenges challenges;

    RevocationStore(AuditLog audit, DeviceChallenges challenges) {
        this.audit = audit;
        this.challenges = challenges;
    }

    /** What one order did. */
    record Outcome(List<RevokedRow> revoked, int challengesCancelled) {}

    /** False if it was revoked before; on hold is no such, except for another hold. */
    @WithTransaction
    Uni<Boolean> revoke(CertificateView certificate, RevocationOrder order) {
        return change(REVOKE_ONE, query -> revocation(one(query, certificate), order))
                .call(rows -> record(rows, row -> RevocationEvents.revoked(row, order)))
                .map(rows -> !rows.isEmpty());
    }

    /** False if it was not on hold. */
    @WithTransaction
    Uni<Boolean> unhold(CertificateView certificate, RevocationOrder order) {
        return change(UNHOLD, query -> one(query, certificate))
                .call(rows -> record(rows, row -> RevocationEvents.unheld(row, order)))
                .map(rows -> !rows.isEmpty());
    }

    /**
     * Revokes all that a device has and takes its challenges back, in this order from the back: an enrolment or renewal
     * that is under way holds a lock that this waits for, and is found afterwards.
     */
    @WithTransaction
    Uni<Outcome> revokeDevice(String deviceId, RevocationOrder order) {
        return challenges
                .cancelAllOf(deviceId, order.caller(), order.at())
                .chain(cancelled -> revokeAll(REVOKE_DEVICE, query -> query.setParameter("device", deviceId), order)
                        .map(rows -> new Outcome(rows, cancelled)));
    }

    /** Revokes what was issued for a challenge and what renewed it, in the caller's transaction. */
    Uni<List<RevokedRow>> revokeIssuedFor(UUID challengeId, RevocationOrder order) {
        return revokeAll(REVOKE_ISSUED_FOR, query -> query.setParameter("challenge", challengeId), order);
    }

    // A renewal that was waited for has left a certificate that the statement did not see yet.
    private Uni<List<RevokedRow>> revokeAll(
            String statement, UnaryOperator<Mutiny.SelectionQuery<Tuple>> bind, RevocationOrder order) {
        return change(statement, query -> revocation(bind.apply(query), order))
                .call(rows -> record(rows, row -> RevocationEvents.revoked(row, order)))
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(rows)
                        : revokeAll(statement, bind, order).map(later -> joined(rows, later)));
    }

    private static List<RevokedRow> joined(List<RevokedRow> first, List<RevokedRow> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Mutiny.SelectionQuery<Tuple> one(Mutiny.SelectionQuery<Tuple> query, CertificateView certificate) {
        return query.setParameter("ca", certificate.ca())
                .setParameter("serial", HexFormat.of().parseHex(certificate.serial()));
    }

    private static Mutiny.SelectionQuery<Tuple> revocation(Mutiny.SelectionQuery<Tuple> query, RevocationOrder order) {
        Instant at = order.at();
        return query.setParameter("at", at)
                .setParameter("reason", (short) order.reason().code());
    }

    private static Uni<List<RevokedRow>> change(
            String statement, Function<Mutiny.SelectionQuery<Tuple>, Mutiny.SelectionQuery<Tuple>> bind) {
        return Panache.getSession()
                .chain(session -> bind.apply(session.createNativeQuery(statement, Tuple.class))
                        .getResultList())
                .map(rows -> rows.stream().map(RevocationStore::row).toList());
    }

    private static RevokedRow row(Tuple row) {
        return new RevokedRow(
                row.get("ca", String.class),
                HexFormat.of().formatHex(row.get("serial", byte[].class)),
                row.get("profile", String.class),
                row.get("device_id", String.class),
                row.get("subject", String.class));
    }

    private Uni<Void> record(List<RevokedRow> rows, Function<RevokedRow, AuditEvent> event) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> audit.append(event.apply(row)))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
