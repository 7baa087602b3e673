package org.scepgate.challenge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.scepgate.platform.Caller;

/**
 * The challenges of authorities outside that were spent here: each is a row of {@code challenge}, so that it is known again
 * and stands for one certificate, and one of {@code vouched_challenge}, which tells whether its certificate may leave.
 */
@ApplicationScoped
public class VouchedChallenges {
    /** RFC 5280: not needed any more, and nobody has the key who should not. */
    static final String WITHDRAWN = "cessationOfOperation";

    // Who comes second waits for the first one's commit, and then inserts nothing.
    private static final String SPEND = """
            with spent as (
                insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding, spent_at)
                values (:id, :mac, :profile, :actor, cast(:at as timestamptz), cast(:at as timestamptz),
                        cast(cast(:binding as text) as jsonb), cast(:at as timestamptz))
                on conflict (secret_mac) do nothing
                returning id
            )
            insert into vouched_challenge (challenge_id, authority, serial)
            select id, :authority, :serial from spent
            """;
    private static final String OPEN = " where challenge_id = :id and released_at is null and withdrawn_at is null";
    private static final String RELEASE = "update vouched_challenge set released_at = :now" + OPEN;
    private static final String WITHDRAW = "update vouched_challenge set withdrawn_at = :now" + OPEN;
    private static final String STANDING =
            "select released_at is not null as released, withdrawn_at is not null as withdrawn"
                    + " from vouched_challenge where challenge_id = :id";
    private static final String LEFT_OPEN = """
            select v.challenge_id from vouched_challenge v join challenge c on c.id = v.challenge_id
            where v.authority = :authority and v.released_at is null and v.withdrawn_at is null
              and c.spent_at < cast(:before as timestamptz)
            order by v.challenge_id limit 100
            """;
    private static final String OF_SERIAL = """
            select v.challenge_id, x.revoked_at is not null and x.revocation_reason <> 6 as revoked
            from vouched_challenge v join certificate x on x.challenge_id = v.challenge_id
            where v.authority = :authority and v.serial = :serial
            """;

    private final BindingJson bindings;
    private final SecretMac mac;
    private final CertificateRevoker revoker;

    VouchedChallenges(BindingJson bindings, SecretMac mac, CertificateRevoker revoker) {
        this.bindings = bindings;
        this.mac = mac;
        this.revoker = revoker;
    }

    /** Whether the certificate for a challenge may leave. */
    public enum Standing {
        /** Its authority has not been told yet. */
        OPEN,
        RELEASED,
        /** It was revoked, because its authority would not be told. */
        WITHDRAWN
    }

    /** What became of an authority's order to revoke. */
    public enum Revocation {
        DONE,
        REVOKED_BEFORE,
        /** No certificate was issued at its word with this serial number. */
        UNKNOWN
    }

    /** Spends a challenge in the caller's transaction: true for exactly one caller. */
    public Uni<Boolean> spend(VouchedChallenge challenge) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SPEND)
                        .setParameter("id", challenge.id())
                        .setParameter("mac", mac.of(challenge.secret()))
                        .setParameter("profile", challenge.binding().profile())
                        .setParameter("authority", challenge.authority())
                        .setParameter("actor", actor(challenge.authority()))
                        .setParameter("at", challenge.spentAt())
                        .setParameter("binding", bindings.write(challenge.binding()))
                        .setParameter("serial", HexFormat.of().parseHex(challenge.serial()))
                        .executeUpdate())
                .map(inserted -> inserted == 1);
    }

    /** Empty if no authority outside made the challenge. */
    @WithSession
    public Uni<Optional<Standing>> standing(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STANDING, Tuple.class)
                        .setParameter("id", id)
                        .getSingleResultOrNull())
                .map(row -> Optional.ofNullable(row).map(VouchedChallenges::standingOf));
    }

    private static Standing standingOf(Tuple row) {
        if (row.get("released", Boolean.class)) {
            return Standing.RELEASED;
        }
        return row.get("withdrawn", Boolean.class) ? Standing.WITHDRAWN : Standing.OPEN;
    }

    /** Lets the certificate leave; false if it may not, because another request found that its authority said no. */
    @WithTransaction
    public Uni<Boolean> release(UUID id, Instant now) {
        return change(RELEASE, id, now)
                .chain(mine ->
                        mine ? Uni.createFrom().item(true) : standing(id).map(Optional.of(Standing.RELEASED)::equals));
    }

    /** Revokes the certificate before it leaves; false if it may leave, because another request found so. */
    @WithTransaction
    public Uni<Boolean> withdraw(UUID id, String authority, Instant now) {
        return change(WITHDRAW, id, now)
                .chain(mine -> mine
                        ? revoker.revokeIssuedFor(id, WITHDRAWN, callerOf(authority), now)
                                .replaceWith(true)
                        : standing(id).map(Optional.of(Standing.WITHDRAWN)::equals));
    }

    /** Withdraws what was signed before that time and never left: the server died, and the device never came back. */
    public Uni<Integer> withdrawLeftOpen(String authority, Instant before, Instant now) {
        return leftOpen(authority, before)
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(id -> withdraw(id, authority, now))
                        .collect()
                        .asList())
                .map(done -> (int) done.stream().filter(Boolean::booleanValue).count());
    }

    @WithSession
    Uni<List<UUID>> leftOpen(String authority, Instant before) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LEFT_OPEN, UUID.class)
                        .setParameter("authority", authority)
                        .setParameter("before", before)
                        .getResultList());
    }

    /** Revokes a certificate that was issued at the word of this authority, and no other's. */
    @WithTransaction
    public Uni<Revocation> revoke(String authority, String serial, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF_SERIAL, Tuple.class)
                        .setParameter("authority", authority)
                        .setParameter("serial", HexFormat.of().parseHex(serial))
                        .getSingleResultOrNull())
                .chain(row -> row == null
                        ? Uni.createFrom().item(Revocation.UNKNOWN)
                        : revoke(row, callerOf(authority), now));
    }

    private Uni<Revocation> revoke(Tuple row, Caller caller, Instant now) {
        return row.get("revoked", Boolean.class)
                ? Uni.createFrom().item(Revocation.REVOKED_BEFORE)
                : revoker.revokeIssuedFor(row.get("challenge_id", UUID.class), WITHDRAWN, caller, now)
                        .replaceWith(Revocation.DONE);
    }

    private static Caller callerOf(String authority) {
        return new Caller(actor(authority), Set.of(), null);
    }

    /** No client of the first token issuer can be called that: see CallerId. */
    private static String actor(String authority) {
        return "authority::" + authority;
    }

    private static Uni<Boolean> change(String update, UUID id, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(update)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate())
                .map(changed -> changed == 1);
    }
}
