package org.scepgate.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes events, their deliveries and how far their sources were read. Of all servers one does it at a time. */
@Singleton
class EventStore {
    private static final String PROGRESS = "select number, at, id from event_progress where source = $1";
    // One statement, so one transaction: no event is told twice or left out, whenever the server ends.
    private static final String WRITE = """
            with moved as (
                insert into event_progress (source, number, at, id) values ($3, $4, $5, $6)
                on conflict (source) do update set number = excluded.number, at = excluded.at, id = excluded.id
            ), told as (
                insert into event (id, type, at, client, body)
                select e.id, e.type, e.at, e.client, e.body
                from jsonb_to_recordset($1::text::jsonb)
                    as e(place integer, id uuid, type text, at timestamptz, client text, body text)
                order by e.place
                returning number, id
            )
            insert into event_delivery (webhook, event_number, queued_at, due_at)
            select d.webhook, told.number, $7, $7
            from jsonb_to_recordset($2::text::jsonb) as d(event uuid, webhook text) join told on told.id = d.event
            """;
    private static final String FORGET = "delete from event_progress";

    private final ObjectMapper json;
    private final Webhooks webhooks;
    private final Clock clock;

    EventStore(ObjectMapper json, Webhooks webhooks, Clock clock) {
        this.json = json;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    Uni<Optional<Progress>> progress(SqlConnection connection, String source) {
        return connection
                .preparedQuery(PROGRESS)
                .execute(Tuple.of(source))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> progress(source, row))
                        .findFirst());
    }

    private static Progress progress(String source, Row row) {
        return new Progress(
                source,
                row.getLong("number"),
                Optional.ofNullable(row.getOffsetDateTime("at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                row.getUUID("id"));
    }

    /** What happens from then on is told by nobody, until it begins anew. */
    Uni<Void> forgetProgress(SqlConnection connection) {
        return connection.query(FORGET).execute().replaceWithVoid();
    }

    /** All of it or nothing. */
    Uni<Void> write(SqlConnection connection, List<Event> events, Progress reached) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> deliveries = new ArrayList<>();
        for (Event event : events) {
            rows.add(row(rows.size(), event));
            webhooks.namesFor(event).forEach(name -> deliveries.add(Map.of("event", event.id(), "webhook", name)));
        }
        Tuple values = Tuple.tuple()
                .addString(written(rows))
                .addString(written(deliveries))
                .addString(reached.source())
                .addLong(reached.number())
                .addOffsetDateTime(reached.at() == null ? null : utc(reached.at()))
                .addUUID(reached.id())
                .addOffsetDateTime(utc(clock.instant()));
        return connection.preparedQuery(WRITE).execute(values).replaceWithVoid();
    }

    private Map<String, Object> row(int place, Event event) {
        Map<String, Object> row = new HashMap<>();
        UUID id = event.id();
        row.put("place", place);
        row.put("id", id);
        row.put("type", event.type());
        row.put("at", event.time());
        row.put("client", event.client());
        row.put("body", written(event));
        return row;
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts can be written as JSON", impossible);
        }
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
