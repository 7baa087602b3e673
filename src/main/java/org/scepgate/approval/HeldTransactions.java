package org.scepgate.approval;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The statements on {@code held_transaction}, and those that take turns between servers. */
@Singleton
class HeldTransactions {
    private static final String POINT = """
            insert into held_transaction (profile, transaction_sha256, signer_sha256, request_id)
            values (:profile, :transaction, :signer, :request)
            on conflict (profile, transaction_sha256, signer_sha256)
            do update set request_id = excluded.request_id, sent_at = clock_timestamp()
            """;

    // Whoever sends a request under a new transactionID each time polls for the last one, if at all.
    private static final int MOST_TRANSACTIONS_PER_REQUEST = 16;

    private static final String FORGET_OLDEST = """
            delete from held_transaction where (profile, transaction_sha256, signer_sha256) in (
                select profile, transaction_sha256, signer_sha256 from held_transaction
                where request_id = :request order by sent_at desc offset :most)
            """;

    // Those who point at the same request take turns, so that none waits for a row that another is to forget.
    private static final String TAKE_TURN_AT = "select id from held_request where id = :request for no key update";

    private static final String FIND = """
            select request_id from held_transaction
            where profile = :profile and transaction_sha256 = :transaction and signer_sha256 = :signer
            """;

    // Requests without a challenge have no row yet to wait at: they take turns by their profile.
    private static final String TAKE_TURN = "select cast(pg_advisory_xact_lock(8894, hashtext(:profile)) as text)";

    private static final String COUNT = """
            select count(*) from held_request
            where profile = :profile and challenge_id is null and ruling is null and expires_at > :now
            """;

    private static final String LOCK = """
            select id from held_request where id = :id and ruling is null and expires_at > :now for no key update
            """;

    private static final String LOCK_OF =
            "select id from held_request where challenge_id = :challenge for no key update";

    /** From now on a poll with this key finds this request, and one with the oldest of many keys no longer. */
    Uni<Void> point(Mutiny.Session session, PollKey key, UUID request) {
        return session.createNativeQuery(TAKE_TURN_AT, UUID.class)
                .setParameter("request", request)
                .getSingleResult()
                .chain(() -> insert(session, key, request))
                .chain(() -> session.createNativeQuery(FORGET_OLDEST)
                        .setParameter("request", request)
                        .setParameter("most", MOST_TRANSACTIONS_PER_REQUEST)
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Uni<Void> insert(Mutiny.Session session, PollKey key, UUID request) {
        return session.createNativeQuery(POINT)
                .setParameter("profile", key.profile())
                .setParameter("transaction", key.transactionSha256())
                .setParameter("signer", key.signerSha256())
                .setParameter("request", request)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Optional<UUID>> find(Mutiny.Session session, PollKey key) {
        return session.createNativeQuery(FIND, UUID.class)
                .setParameter("profile", key.profile())
                .setParameter("transaction", key.transactionSha256())
                .setParameter("signer", key.signerSha256())
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    Uni<Void> takeTurn(Mutiny.Session session, String profile) {
        return session.createNativeQuery(TAKE_TURN, String.class)
                .setParameter("profile", profile)
                .getSingleResult()
                .replaceWithVoid();
    }

    /** How many wait without a challenge. */
    Uni<Long> count(Mutiny.Session session, String profile, Instant now) {
        return session.createNativeQuery(COUNT, Long.class)
                .setParameter("profile", profile)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** Keeps everybody else from deciding on the request of a challenge until the transaction ends. */
    Uni<Void> lockOf(Mutiny.Session session, UUID challenge) {
        return session.createNativeQuery(LOCK_OF, UUID.class)
                .setParameter("challenge", challenge)
                .getSingleResultOrNull()
                .replaceWithVoid();
    }

    /** Keeps everybody else from deciding on a request until the transaction ends; false if it waits no longer. */
    Uni<Boolean> lockPending(Mutiny.Session session, UUID id, Instant now) {
        return session.createNativeQuery(LOCK, UUID.class)
                .setParameter("id", id)
                .setParameter("now", now)
                .getSingleResultOrNull()
                .map(found -> found != null);
    }
}
