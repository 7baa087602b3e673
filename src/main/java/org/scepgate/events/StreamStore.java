package org.scepgate.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads events in the order in which they were told. */
@Singleton
class StreamStore {
    /** Rows that one look gives. */
    static final int AT_ONCE = 200;

    /** Numbers that one look goes through: a reader of few events must not have all of them read in one statement. */
    static final int NUMBERS_AT_ONCE = 20_000;

    private static final String HEAD = "select coalesce(max(number), 0) as number from event";
    // An event that is not kept any more stands before the first one that is younger.
    private static final String PLACE = """
            select coalesce(
                (select number from event where id = $1),
                (select number - 1 from event where id > $1 order by id limit 1),
                (select max(number) from event), 0) as number
            """;
    private static final String READ = """
            select number, id, type, body from event
            where number > $1 and number <= $2 and type = any ($3) and ($4::text is null or client = $4)
            order by number limit $5
            """;

    private final Pool database;

    StreamStore(Pool database) {
        this.database = database;
    }

    /** An event with its place among all. */
    record Told(long number, UUID id, String type, String body) {}

    /**
     * Which events.
     *
     * @param client whose; empty for all
     */
    record Filter(Set<String> types, Optional<String> client) {}

    /** The place of the last one. */
    Uni<Long> head() {
        return database.query(HEAD).execute().map(rows -> rows.iterator().next().getLong("number"));
    }

    /** The place of one that was read before. */
    Uni<Long> placeOf(UUID id) {
        return database.preparedQuery(PLACE)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    /** After a place and up to another. */
    Uni<List<Told>> read(Filter filter, long after, long until) {
        Tuple values = Tuple.tuple()
                .addLong(after)
                .addLong(until)
                .addArrayOfString(filter.types().toArray(String[]::new))
                .addString(filter.client().orElse(null))
                .addInteger(AT_ONCE);
        return database.preparedQuery(READ)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StreamStore::told)
                        .toList());
    }

    private static Told told(Row row) {
        return new Told(row.getLong("number"), row.getUUID("id"), row.getString("type"), row.getString("body"));
    }
}
