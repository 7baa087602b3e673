package org.scepgate.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.SharedStatement;
import org.scepgate.platform.TimeOrderedId;

/** Appends events to the audit trail, each as a row and as a line of the log. */
@Singleton
public class AuditLog {
    /** The row of an event as a part of another statement: one for each row of {@code spent}. */
    public static final String APPENDING = """
            insert into audit_event (id, at, actor, source_address, action, object, outcome, reason, details)
            select ?::uuid, ?::timestamptz, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text::jsonb from spent
            """;

    private static final String APPEND_ROWS = """
            insert into audit_event (id, at, actor, source_address, action, object, outcome, reason, details)
            select r.id, r.at, r.actor, r.source_address, r.action, r.object, r.outcome, r.reason,
                   cast(r.details as jsonb)
            from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(id uuid, at timestamptz, actor text,
                source_address text, action text, object text, outcome text, reason text, details text)
            """;
    private static final String ALARM = "alarm";
    private static final String INSERT = """
            insert into audit_event (id, at, actor, source_address, action, object, outcome, reason, details)
            values ($1, $2, $3, $4, $5, $6, $7, $8, cast($9::text as jsonb))
            """;

    private final ObjectMapper json;
    private final AuditLogger logger;
    private final MeterRegistry metrics;

    AuditLog(ObjectMapper json, AuditLogger logger, MeterRegistry metrics) {
        this.json = json;
        this.logger = logger;
        this.metrics = metrics;
    }

    /**
     * Writes the row in the caller's transaction, then the line. Append last: what the session still holds back is
     * written before the row, so that after the line only the commit itself can fail.
     */
    public Uni<Void> append(AuditEvent event) {
        return row(event).persistAndFlush().invoke(() -> tell(event)).replaceWithVoid();
    }

    /** As {@link #append(AuditEvent)}, for work that has a transaction without Hibernate. */
    public Uni<Void> append(SqlConnection transaction, AuditEvent event) {
        Tuple values = Tuple.tuple()
                .addUUID(TimeOrderedId.at(event.at()))
                .addOffsetDateTime(event.at().atOffset(ZoneOffset.UTC))
                .addString(event.actor())
                .addString(event.sourceAddress())
                .addString(event.action())
                .addString(event.object())
                .addString(event.outcome())
                .addString(event.reason())
                .addString(detailsOf(event));
        return transaction
                .preparedQuery(INSERT)
                .execute(values)
                .invoke(() -> tell(event))
                .replaceWithVoid();
    }

    /** The values of {@link #APPENDING}, for who writes the line by {@link #log} after the commit. */
    public void addAppending(SharedStatement.Values values, AuditEvent event) {
        values.add(TimeOrderedId.at(event.at()))
                .add(event.at())
                .add(event.actor())
                .add(event.sourceAddress())
                .add(event.action())
                .add(event.object())
                .add(event.outcome())
                .add(event.reason())
                .add(detailsOf(event));
    }

    private void tell(AuditEvent event) {
        logger.log(event);
        if (event.outcome().equals(ALARM)) {
            metrics.counter(MetricNames.ALARMS, "kind", event.action()).increment();
        }
    }

    /** Many events as rows for {@link #appendRows}. */
    public String rowsOf(List<AuditEvent> events) {
        try {
            return json.writeValueAsString(events.stream().map(this::columns).toList());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of strings can be written as JSON", impossible);
        }
    }

    /** Writes many rows at once in the caller's transaction, who writes the lines by {@link #log} after the commit. */
    public Uni<Void> appendRows(String rows) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(APPEND_ROWS)
                        .setParameter("rows", rows)
                        .executeUpdate())
                .replaceWithVoid();
    }

    public void log(List<AuditEvent> events) {
        events.forEach(this::tell);
    }

    private Map<String, String> columns(AuditEvent event) {
        AuditEntity row = row(event);
        Map<String, String> columns = new HashMap<>();
        columns.put("id", row.id.toString());
        columns.put("at", row.at.toString());
        columns.put("actor", row.actor);
        columns.put("source_address", row.sourceAddress);
        columns.put("action", row.action);
        columns.put("object", row.object);
        columns.put("outcome", row.outcome);
        columns.put("reason", row.reason);
        columns.put("details", row.details);
        return columns;
    }

    private AuditEntity row(AuditEvent event) {
        AuditEntity row = new AuditEntity();
        row.id = TimeOrderedId.at(event.at());
        row.at = event.at();
        row.actor = event.actor();
        row.sourceAddress = event.sourceAddress();
        row.action = event.action();
        row.object = event.object();
        row.outcome = event.outcome();
        row.reason = event.reason();
        row.details = detailsOf(event);
        return row;
    }

    private String detailsOf(AuditEvent event) {
        try {
            // PostgreSQL's jsonb has no U+0000; a device may have put one into a name.
            return json.writeValueAsString(event.details()).replace("\\u0000", "\\uFFFD");
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("details of " + event.action() + " cannot be written", unwritable);
        }
    }
}
