package org.scepgate.challenge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.scepgate.platform.ApiException;

/** Counts in the database, for all servers at once: what a client has open, and how often it asks. */
@ApplicationScoped
public class ClientLimits {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final int QUOTA_RETRY_AFTER_SECONDS = 60;

    // The bucket holds one minute's worth. clock_timestamp(): now() would be from before the wait for the row.
    // The second branch reads the row as it was before, which is near enough for a hint when to come back.
    private static final String TAKE = """
            with taken as (
                insert into client_rate as r (client, tokens, refilled_at)
                values (:client, cast(:rate as double precision) - 1, clock_timestamp())
                on conflict (client) do update set
                    tokens = least(cast(:rate as double precision), r.tokens + cast(:perSecond as double precision)
                                   * greatest(0, extract(epoch from clock_timestamp() - r.refilled_at))) - 1,
                    refilled_at = clock_timestamp()
                where least(cast(:rate as double precision), r.tokens + cast(:perSecond as double precision)
                            * greatest(0, extract(epoch from clock_timestamp() - r.refilled_at))) >= 1
                returning 0 as wait
            )
            select wait from taken
            union all
            select cast(greatest(1, ceil((1 - r.tokens) / cast(:perSecond as double precision)
                                         - extract(epoch from clock_timestamp() - r.refilled_at))) as integer)
            from client_rate r where r.client = :client and not exists (select 1 from taken)
            """;

    // Held until the transaction ends: a second server counts after the first one's challenges are there.
    private static final String LOCK =
            "select 1 from pg_advisory_xact_lock(hashtextextended('scepgate.client.' || cast(:client as text), 0))";

    private static final String IS_OPEN = " expires_at > cast(:now as timestamptz)"
            + " and spent_at is null and cancelled_at is null and locked_at is null";

    // Less the one that makes room; it may close meanwhile, which leaves room as well.
    private static final String OPEN = "select cast(count(*) as integer)"
            + " - (select cast(count(*) as integer) from challenge"
            + " where id = cast(:replaced as uuid) and created_by = :client and" + IS_OPEN + ")"
            + " from (select 1 from challenge where created_by = :client and" + IS_OPEN + " limit :most) as open";

    private static final UUID NONE = new UUID(0, 0);

    private final Clock clock;

    ClientLimits(Clock clock) {
        this.clock = clock;
    }

    /**
     * How many challenges would be opened now.
     *
     * @param replaced the one that is closed for it, if it is open
     */
    record Wanted(int challenges, Optional<UUID> replaced) {
        static Wanted more(int challenges) {
            return new Wanted(challenges, Optional.empty());
        }

        static Wanted inPlaceOf(UUID replaced) {
            return new Wanted(1, Optional.of(replaced));
        }
    }

    /** How many a client may have open. */
    record Quota(int most, Wanted wanted) {
        void require(int open) {
            if (open + wanted.challenges() > most) {
                throw ApiException.tooManyRequests(
                        "quota-exceeded",
                        "this client may have " + most + " open challenges and has " + open,
                        QUOTA_RETRY_AFTER_SECONDS);
            }
        }
    }

    @WithTransaction
    Uni<Void> take(String client, int perMinute) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TAKE, Integer.class)
                        .setParameter("client", client)
                        .setParameter("rate", perMinute)
                        .setParameter("perSecond", perMinute / SECONDS_PER_MINUTE)
                        .getSingleResultOrNull())
                // No row at all: another server made it a moment ago and it is empty already.
                .invoke(wait -> requireNone(wait == null ? 1 : wait))
                .replaceWithVoid();
    }

    private static void requireNone(int waitSeconds) {
        if (waitSeconds > 0) {
            throw ApiException.tooManyRequests("rate-limited", "this client asks more often than it may", waitSeconds);
        }
    }

    /** Runs the making in the transaction that counted. */
    @WithTransaction
    <T> Uni<T> withinQuota(String client, Quota quota, Supplier<Uni<T>> making) {
        return Panache.getSession()
                .chain(session -> countOpen(session, client, quota))
                .invoke(quota::require)
                .chain(ignored -> making.get());
    }

    private Uni<Integer> countOpen(Mutiny.Session session, String client, Quota quota) {
        return session.createNativeQuery(LOCK, Integer.class)
                .setParameter("client", client)
                .getSingleResult()
                .chain(() -> session.createNativeQuery(OPEN, Integer.class)
                        .setParameter("client", client)
                        .setParameter("now", clock.instant())
                        .setParameter("most", quota.most())
                        .setParameter(
                                "replaced",
                                quota.wanted().replaced().orElse(NONE).toString())
                        .getSingleResult());
    }
}
