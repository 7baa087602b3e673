package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.platform.CallerId;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Binding;
import org.scepgate.policy.Csr;
import org.scepgate.policy.KnownChallenge;

/** The rows of {@code static_enrolment}, with the challenges that they stand for. */
@Singleton
class StaticEnrolmentStore {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MAC_BYTES = 32;

    // A key whose certificate was revoked gets no other, whatever it asks for.
    private static final String FIND = """
            select s.challenge_id
            from static_enrolment s left join certificate x on x.challenge_id = s.challenge_id
            where s.profile = $1 and s.spki_sha256 = $2 and (s.request_sha256 = $3 or x.revoked_at is not null)
            order by x.revoked_at is not null desc
            limit 1
            """;
    // Of two that come at once the second waits for the first, and then changes nothing.
    private static final String REPLACE = """
            with mine as (
                insert into static_enrolment as s (profile, spki_sha256, request_sha256, challenge_id)
                values ($1, $2, $3, $4)
                on conflict (profile, spki_sha256, request_sha256) do update set challenge_id = excluded.challenge_id
                where s.challenge_id = $5
                returning challenge_id
            )
            insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding)
            select challenge_id, $6, $1, $7, $8, $9, cast(cast($10 as text) as jsonb) from mine
            """;

    private final Pool database;
    private final VerdictStore verdicts;
    private final BindingJson bindings;
    private final SecureRandom random = new SecureRandom();

    StaticEnrolmentStore(Pool database, VerdictStore verdicts, BindingJson bindings) {
        this.database = database;
        this.verdicts = verdicts;
        this.bindings = bindings;
    }

    /**
     * A request is to have a challenge of its own.
     *
     * @param replaced the challenge that it had before
     */
    record Order(Csr csr, Binding binding, Optional<UUID> replaced, Instant now) {}

    /** The challenge of this request, or of another of its key that was revoked. */
    Uni<Optional<KnownChallenge>> find(String profile, Csr csr) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(profile, csr.spkiSha256(), csr.requestSha256()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : verdicts.findById(rows.iterator().next().getUUID("challenge_id"))
                                .map(verdict -> verdict instanceof KnownChallenge known
                                        ? Optional.of(known)
                                        : Optional.<KnownChallenge>empty()));
    }

    /** Does nothing if another request was faster. */
    Uni<RowSet<Row>> replace(Order order) {
        byte[] nobodysMac = new byte[MAC_BYTES];
        random.nextBytes(nobodysMac);
        Csr csr = order.csr();
        Tuple values = Tuple.tuple()
                .addString(order.binding().profile())
                .addString(csr.spkiSha256())
                .addString(csr.requestSha256())
                .addUUID(TimeOrderedId.at(order.now()))
                .addUUID(order.replaced().orElse(null))
                .addValue(Buffer.buffer(nobodysMac))
                .addString(CallerId.ofAdapter("static", order.binding().profile()))
                .addOffsetDateTime(order.now().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(order.now().plus(LIFETIME).atOffset(ZoneOffset.UTC))
                .addString(bindings.write(order.binding()));
        return database.preparedQuery(REPLACE).execute(values);
    }
}
