package org.scepgate.challenge;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;

/** What an enrolment does to a challenge, each in a transaction of its own, and rows set up by hand. */
@ApplicationScoped
class Rows {
    static final String SPKI = "5".repeat(64);
    static final String REQUEST = "7".repeat(64);
    static final byte[] DER = {0x30, 0x01, 0x02};

    private final ChallengeStore store;
    private final Pool database;

    Rows(ChallengeStore store, Pool database) {
        this.store = store;
        this.database = database;
    }

    @WithTransaction
    Uni<Boolean> spend(UUID id, Instant now) {
        return store.spend(id, now);
    }

    @WithTransaction
    Uni<Boolean> refuse(UUID id, Refusal refusal) {
        return store.recordRefusal(id, refusal);
    }

    Uni<Void> certify(UUID id, byte[] serial) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        return database.preparedQuery("""
                        insert into certificate (ca, serial, profile, challenge_id, subject, spki_sha256,
                            request_sha256, not_before, not_after, der, issued_at)
                        values ('demo', $1, 'demo', $2, 'CN=device', $3, $4, $5, $6, $7, $5)
                        """)
                .execute(Tuple.from(new Object[] {
                    io.vertx.core.buffer.Buffer.buffer(serial),
                    id,
                    SPKI,
                    REQUEST,
                    now,
                    now.plusDays(365),
                    io.vertx.core.buffer.Buffer.buffer(DER)
                }))
                .replaceWithVoid();
    }

    void redeem(UUID id, byte[] serial) {
        await(() -> spend(id, Instant.now()));
        await(() -> certify(id, serial));
    }

    void expire(UUID id) {
        sql("update challenge set expires_at = now() - interval '1 second' where id = $1", Tuple.of(id));
    }

    /** @param ruling null while the request waits */
    void hold(UUID id, Duration lifetime, String ruling) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        OffsetDateTime ruledAt = ruling == null ? null : now;
        String ruledBy = ruling == null ? null : "op";
        sql("update challenge set held_at = now(), expires_at = now() where id = $1", Tuple.of(id));
        sql("""
                insert into held_request (id, profile, challenge_id, transaction_id, received_at, expires_at, subject,
                    subject_alt_names, key, csr, spki_sha256, request_sha256, signer_holds_key, ruling, ruled_at,
                    ruled_by, ruling_reason)
                values ($1, 'demo', $1, 'transaction', $2, $3, 'CN=device', '{}', 'RSA 2048', $4, $5, $6, true, $7, $8,
                    $9, $9)
                """, Tuple.from(new Object[] {
            id,
            now,
            now.plus(lifetime),
            io.vertx.core.buffer.Buffer.buffer(DER),
            SPKI,
            REQUEST,
            ruling,
            ruledAt,
            ruledBy
        }));
    }

    RowSet<Row> sql(String statement, Tuple values) {
        return await(() -> database.preparedQuery(statement).execute(values));
    }

    static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
