package org.scepgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Reads the log behind its writers, each event once and none left out: in the order of transactions, and only below the
 * oldest one that still runs, after which nothing can come in between.
 */
@Singleton
public class AuditTail {
    private static final String COMPLETE =
            "written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_transaction_offset()";
    private static final String COLUMNS = "select written_in, id, at, actor, source_address, action, object, outcome,"
            + " reason, details::text as details from audit_event where ";
    private static final String AFTER =
            COLUMNS + "(written_in, id) > ($1, $2) and " + COMPLETE + " order by written_in, id limit $3";
    private static final String LAST = COLUMNS + COMPLETE + " order by written_in desc, id desc limit 1";
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private final ObjectMapper json;

    AuditTail(ObjectMapper json) {
        this.json = json;
    }

    public Uni<Optional<AppendedEvent>> last(SqlConnection connection) {
        return connection
                .preparedQuery(LAST)
                .execute()
                .map(rows -> events(rows).stream().findFirst());
    }

    /** What stands after a place. */
    public Uni<List<AppendedEvent>> after(SqlConnection connection, long writtenIn, UUID id, int limit) {
        return connection
                .preparedQuery(AFTER)
                .execute(Tuple.of(writtenIn, id, limit))
                .map(this::events);
    }

    private List<AppendedEvent> events(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::event).toList();
    }

    private AppendedEvent event(Row row) {
        AuditEvent event = new AuditEvent(
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("source_address"),
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                row.getString("reason"),
                read(row.getString("details")));
        return new AppendedEvent(row.getLong("written_in"), row.getUUID("id"), event);
    }

    private Map<String, Object> read(String stored) {
        try {
            return json.readValue(stored, DETAILS);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("stored details cannot be read", unreadable);
        }
    }
}
