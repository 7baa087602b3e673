package org.scepgate.idempotency;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The rows of answers that are kept. */
@Singleton
public class AnswerStore {
    static final Duration KEPT = Duration.ofHours(24);

    private static final String FIND = """
            select request_sha256, key_id, sealed, created_at from idempotent_answer
            where caller = $1 and key = $2 and created_at > $3
            """;

    // Who comes second waits for the first one's commit, and then finds its row in the way.
    private static final String KEEP = """
            insert into idempotent_answer as kept (caller, key, request_sha256, key_id, sealed, created_at)
            values (:caller, :key, :request, :keyId, :sealed, cast(:at as timestamptz))
            on conflict (caller, key) do update
                set request_sha256 = excluded.request_sha256, key_id = excluded.key_id,
                    sealed = excluded.sealed, created_at = excluded.created_at
                where kept.created_at <= cast(:expired as timestamptz)
            """;

    // Several servers do this at once and must not wait for each other.
    private static final String REMOVE = """
            delete from idempotent_answer where ctid = any (array(
                select ctid from idempotent_answer where created_at <= $1 limit 1000 for update skip locked))
            """;

    private final Pool database;

    AnswerStore(Pool database) {
        this.database = database;
    }

    /**
     * Keeps an answer for a day, in the caller's transaction and before anything else in it; false if there is one
     * already, and then the caller does nothing.
     */
    public Uni<Boolean> keep(SealedAnswer answer) {
        RepeatableRequest request = answer.request();
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(KEEP)
                        .setParameter("caller", request.caller())
                        .setParameter("key", request.key())
                        .setParameter("request", request.sha256())
                        .setParameter("keyId", answer.keyId())
                        .setParameter("sealed", answer.sealed())
                        .setParameter("at", answer.at())
                        .setParameter("expired", answer.at().minus(KEPT))
                        .executeUpdate())
                .map(changed -> changed == 1);
    }

    /** What is kept for this caller and key, whatever the request was. */
    Uni<Optional<SealedAnswer>> find(RepeatableRequest request, Instant now) {
        Tuple values = Tuple.of(request.caller(), request.key(), now.minus(KEPT).atOffset(ZoneOffset.UTC));
        return database.preparedQuery(FIND).execute(values).map(rows -> answer(request, rows));
    }

    /** Removes some of what is too old; gives how many. */
    Uni<Integer> removeOld(Instant now) {
        return database.preparedQuery(REMOVE)
                .execute(Tuple.of(now.minus(KEPT).atOffset(ZoneOffset.UTC)))
                .map(RowSet::rowCount);
    }

    private static Optional<SealedAnswer> answer(RepeatableRequest asked, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        byte[] sha256 = bytes(row, "request_sha256");
        return Optional.of(new SealedAnswer(
                new RepeatableRequest(asked.caller(), asked.key(), sha256),
                row.getString("key_id"),
                bytes(row, "sealed"),
                row.getOffsetDateTime("created_at").toInstant()));
    }

    private static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }
}
