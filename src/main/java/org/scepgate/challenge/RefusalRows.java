package org.scepgate.challenge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.scepgate.challenge.RefusedAttempt.BrokenRule;

/** The statements on refused attempts. */
@Singleton
class RefusalRows {
    // A device that never gives up must not fill the table; the audit trail has every attempt.
    private static final int MOST_ROWS_PER_CHALLENGE = 100;

    // One round trip: the row lock numbers the attempts of all servers.
    private static final String INSERT = """
            with judged as (
                select id, spent_at is null and cancelled_at is null and locked_at is null and held_at is null
                           and expires_at > cast(:at as timestamptz) and failed_attempts + 1 >= :limit as locks
                from challenge where id = :id for update
            ), counted as (
                update challenge c set
                    failed_attempts = c.failed_attempts + 1,
                    locked_at = case when j.locks then cast(:at as timestamptz) else c.locked_at end
                from judged j where c.id = j.id
                returning c.failed_attempts, j.locks
            ), kept as (
                insert into challenge_attempt (challenge_id, number, at, source_address, transaction_id, violations)
                select :id, failed_attempts, cast(:at as timestamptz), nullif(cast(:source as text), ''),
                       nullif(cast(:transaction as text), ''), cast(cast(:violations as text) as jsonb)
                from counted where failed_attempts <= :most
            )
            select locks from counted
            """;

    private static final String LIST = """
            select at, source_address, transaction_id, cast(violations as text) as violations
            from challenge_attempt where challenge_id = :id order by number
            """;

    private static final TypeReference<List<BrokenRule>> RULES = new TypeReference<>() {};

    private final ObjectMapper json;

    RefusalRows(ObjectMapper json) {
        this.json = json;
    }

    Uni<Boolean> insert(Mutiny.Session session, UUID challengeId, Refusal refusal) {
        return session.createNativeQuery(INSERT, Boolean.class)
                .setParameter("id", challengeId)
                .setParameter("at", refusal.at())
                .setParameter("limit", refusal.refusalsUntilLocked())
                .setParameter("most", MOST_ROWS_PER_CHALLENGE)
                .setParameter("source", textOf(refusal.sourceAddress()))
                .setParameter("transaction", textOf(refusal.transactionId()))
                .setParameter("violations", write(refusal))
                .getSingleResultOrNull()
                .map(Boolean.TRUE::equals);
    }

    Uni<List<RefusedAttempt>> list(Mutiny.Session session, UUID challengeId) {
        return session.createNativeQuery(LIST, Tuple.class)
                .setParameter("id", challengeId)
                .getResultList()
                .map(found -> found.stream().map(this::attemptOf).toList());
    }

    private RefusedAttempt attemptOf(Tuple row) {
        return new RefusedAttempt(
                row.get("at", OffsetDateTime.class).toInstant(),
                row.get("source_address", String.class),
                row.get("transaction_id", String.class),
                read(row.get("violations", String.class)));
    }

    // A native query cannot tell the type of a null.
    private static String textOf(String maybeNull) {
        return maybeNull == null ? "" : maybeNull.replace('\0', '\uFFFD');
    }

    private String write(Refusal refusal) {
        List<BrokenRule> rules = refusal.violations().stream()
                .map(broken -> new BrokenRule(broken.rule().id(), broken.expected(), broken.actual()))
                .toList();
        try {
            return json.writeValueAsString(rules).replace("\\u0000", "\\uFFFD");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can be written as JSON", impossible);
        }
    }

    private List<BrokenRule> read(String stored) {
        try {
            return json.readValue(stored, RULES);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("stored violations cannot be read", unreadable);
        }
    }
}
