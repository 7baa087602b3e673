package org.scepgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds the events of one SCEP transaction: every exchange is an event, and its details name the transaction. */
@ApplicationScoped
class TransactionStore {
    // The index audit_event_by_transaction serves exactly this.
    private static final String FIND = """
            select id, at, actor, source_address, action, object, outcome, reason, cast(details as text) as details
            from audit_event
            where details ->> 'transactionId' = :transaction and id < :after
                  and (:anyProfile or details ->> 'profile' = :profile)
            order by id desc
            """;
    private static final UUID BEYOND_ALL = new UUID(-1, -1);
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private final ObjectMapper json;

    TransactionStore(ObjectMapper json) {
        this.json = json;
    }

    /** Newest first. */
    @WithSession
    Uni<List<EventView>> find(TransactionSearch search) {
        return Panache.getSession().chain(session -> find(session, search));
    }

    private Uni<List<EventView>> find(Mutiny.Session session, TransactionSearch search) {
        return session.createNativeQuery(FIND, Tuple.class)
                .setParameter("transaction", search.transactionId())
                .setParameter("after", search.after().orElse(BEYOND_ALL))
                .setParameter("anyProfile", search.profile().isEmpty())
                .setParameter("profile", search.profile().orElse(""))
                .setMaxResults(search.limit())
                .getResultList()
                .map(found -> found.stream().map(this::viewOf).toList());
    }

    private EventView viewOf(Tuple row) {
        return new EventView(
                row.get("id", UUID.class),
                row.get("at", OffsetDateTime.class).toInstant(),
                row.get("actor", String.class),
                row.get("source_address", String.class),
                row.get("action", String.class),
                row.get("object", String.class),
                row.get("outcome", String.class),
                row.get("reason", String.class),
                read(row.get("details", String.class)));
    }

    private Map<String, Object> read(String stored) {
        try {
            return json.readValue(stored, DETAILS);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("stored details cannot be read", unreadable);
        }
    }
}
