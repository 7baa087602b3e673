package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.policy.Binding;
import org.scepgate.policy.ChallengeState;
import org.scepgate.policy.KnownChallenge;
import org.scepgate.policy.UnknownChallenge;
import org.scepgate.policy.Verdict;

/** Reads a challenge with what became of it: its certificate, or the request that waits with it. */
@Singleton
class VerdictStore {
    // Found by its MAC: an index lookup tells nothing about how much of a guess was right, and a miss costs one query
    // too.
    private static final String FIND = """
            select c.id, c.profile, cast(c.binding as text) as binding, c.expires_at,
                   c.spent_at, c.cancelled_at, c.locked_at, c.held_at,
                   x.spki_sha256, x.request_sha256, x.der, x.not_after, x.revoked_at,
                   h.spki_sha256 as held_spki, h.request_sha256 as held_request, h.expires_at as held_until,
                   now() as read_at
            from challenge c left join certificate x on x.challenge_id = c.id
                             left join held_request h on h.challenge_id = c.id
            """;
    private static final String FIND_BY_SECRET = FIND + "where c.secret_mac = $1";
    private static final String FIND_BY_ID = FIND + "where c.id = $1";

    private final Pool database;
    private final BindingJson bindings;

    VerdictStore(Pool database, BindingJson bindings) {
        this.database = database;
        this.bindings = bindings;
    }

    /** The challenge whose secret has this MAC. */
    Uni<Verdict> findBySecret(byte[] mac) {
        return find(FIND_BY_SECRET, Buffer.buffer(mac));
    }

    Uni<Verdict> findById(UUID id) {
        return find(FIND_BY_ID, id);
    }

    /** Whether there is a challenge whose secret has this MAC, by the very query that finds it. */
    Uni<Boolean> knows(byte[] mac) {
        return rows(FIND_BY_SECRET, Buffer.buffer(mac)).map(found -> found.size() > 0);
    }

    private Uni<Verdict> find(String query, Object key) {
        return rows(query, key).map(this::verdictOf);
    }

    // Straight through the driver: a read of one row needs no session, at a quarter of its cost.
    private Uni<RowSet<Row>> rows(String query, Object key) {
        return database.preparedQuery(query).execute(Tuple.of(key));
    }

    private Verdict verdictOf(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return new UnknownChallenge();
        }
        Row row = rows.iterator().next();
        Binding binding = bindings.read(row.getString("profile"), row.getString("binding"));
        return new KnownChallenge(
                row.getUUID("id"), binding, stateOf(row), instant(row, "expires_at"), instant(row, "read_at"));
    }

    private static ChallengeState stateOf(Row row) {
        if (row.getValue("spent_at") != null) {
            return spent(row);
        }
        if (row.getValue("cancelled_at") != null) {
            return new ChallengeState.Cancelled();
        }
        if (row.getValue("held_at") != null) {
            return held(row);
        }
        return row.getValue("locked_at") != null ? new ChallengeState.Locked() : new ChallengeState.Open();
    }

    private static ChallengeState held(Row row) {
        if (row.getValue("held_spki") == null) {
            throw new IllegalStateException("challenge " + row.getUUID("id") + " is held but nothing waits with it");
        }
        return new ChallengeState.Held(row.getString("held_spki"), row.getString("held_request"));
    }

    private static ChallengeState spent(Row row) {
        if (row.getValue("der") == null) {
            throw new IllegalStateException("challenge " + row.getUUID("id") + " is spent but has no certificate");
        }
        return new ChallengeState.Spent(
                instant(row, "spent_at"),
                row.getString("spki_sha256"),
                row.getString("request_sha256"),
                row.getBuffer("der").getBytes(),
                instant(row, "not_after"),
                row.getValue("revoked_at") != null,
                row.getValue("held_until") == null ? Optional.empty() : Optional.of(instant(row, "held_until")));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant();
    }
}
