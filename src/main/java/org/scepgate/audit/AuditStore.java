package org.scepgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/** Finds events. */
@Singleton
class AuditStore {
    // Read on an event loop, where devices wait behind it.
    private static final int READ_AT_ONCE = 100;
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private final Pool database;
    private final ObjectMapper json;

    AuditStore(Pool database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Newest first. */
    Uni<List<EventView>> find(AuditSearch search, int limit) {
        AuditSearch.Statement statement = search.statement(limit);
        return database.preparedQuery(statement.sql())
                .execute(statement.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::view)
                        .toList());
    }

    /**
     * All of them, newest first, as fast as they are taken: read in portions, so that a slow reader holds neither memory
     * nor a connection of the pool.
     */
    Multi<EventView> stream(AuditSearch search) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(search),
                        rest -> find(rest.get(), READ_AT_ONCE).invoke(found -> advance(rest, found)))
                .whilst(found -> found.size() == READ_AT_ONCE)
                .onItem()
                .transformToMultiAndConcatenate(found -> Multi.createFrom().iterable(found));
    }

    private static void advance(AtomicReference<AuditSearch> rest, List<EventView> found) {
        if (!found.isEmpty()) {
            rest.set(rest.get().olderThan(found.get(found.size() - 1).id()));
        }
    }

    private EventView view(Row row) {
        return new EventView(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("source_address"),
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                row.getString("reason"),
                read(row.getString("details")));
    }

    private Map<String, Object> read(String stored) {
        try {
            return json.readValue(stored, DETAILS);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("stored details cannot be read", unreadable);
        }
    }
}
