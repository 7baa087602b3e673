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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Writes events, their deliveries and how far their sources were read. Of all servers one does it at a time. */
@Singleton
class EventStore {
    private static final String PROGRESS = "select number, at, id from event_progress where source = $1";
    // One statement, so one transaction: no event is told twice or left out, whenever the server ends.
    private static final String WRITE = """
            with moved as (
                insert into event_progress (source, number, at, id) values ($1, $2, $3, $4)
                on conflict (source) do update set number = excluded.number, at = excluded.at, id = excluded.id
            ), told as (
                insert into event (id, type, at, client, body)
                select e.id, e.type, e.at, e.client, e.body
                from unnest($6::uuid[], $7::text[], $8::timestamptz[], $9::text[], $10::text[]) with ordinality
                    as e(id, type, at, client, body, place)
                order by e.place
                returning number, id
            )
            insert into event_delivery (webhook, event_number, queued_at, due_at)
            select d.webhook, told.number, $5, $5
            from unnest($11::uuid[], $12::text[]) as d(event, webhook) join told on told.id = d.event
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
        List<UUID> queued = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Event event : events) {
            for (String name : webhooks.namesFor(event)) {
                queued.add(event.id());
                names.add(name);
            }
        }
        Tuple values = Tuple.tuple()
                .addString(reached.source())
                .addLong(reached.number())
                .addOffsetDateTime(reached.at() == null ? null : utc(reached.at()))
                .addUUID(reached.id())
                .addOffsetDateTime(utc(clock.instant()))
                .addArrayOfUUID(events.stream().map(Event::id).toArray(UUID[]::new))
                .addArrayOfString(texts(events, Event::type))
                .addArrayOfOffsetDateTime(
                        events.stream().map(event -> utc(event.time())).toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(events, Event::client))
                .addArrayOfString(texts(events, this::body))
                .addArrayOfUUID(queued.toArray(UUID[]::new))
                .addArrayOfString(names.toArray(String[]::new));
        return connection.preparedQuery(WRITE).execute(values).replaceWithVoid();
    }

    private static String[] texts(List<Event> events, Function<Event, String> text) {
        return events.stream().map(text).toArray(String[]::new);
    }

    private String body(Event event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts can be written as JSON", impossible);
        }
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
