package org.scepgate.audit;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events to find, newest first.
 *
 * @param to exclusive
 * @param after only those older than this one, exclusive
 */
record AuditSearch(List<Filter> filters, Optional<Instant> from, Optional<Instant> to, Optional<UUID> after) {
    private static final String SELECT = "select id, at, actor, source_address, action, object, outcome, reason,"
            + " details::text as details from audit_event where ";

    /** What a filter compares. */
    enum Field {
        ACTOR("actor", "actor", "device"),
        ACTION("action", "action", null),
        OBJECT("object", "object", null),
        OUTCOME("outcome", "outcome", "success"),
        PROFILE("profile", "details ->> 'profile'", null),
        SOURCE_ADDRESS("sourceAddress", "source_address", null);

        private final String parameter;
        private final String column;
        private final String notIndexed;

        /** @param notIndexed the value of most rows, which the index leaves out */
        Field(String parameter, String column, String notIndexed) {
            this.parameter = parameter;
            this.column = column;
            this.notIndexed = notIndexed;
        }

        String parameter() {
            return parameter;
        }
    }

    /** A field and the value that it must have. */
    record Filter(Field field, String value) {
        private String conditionAt(int number) {
            String equal = "(" + field.column + ") = $" + number;
            boolean useIndex = field.notIndexed != null && !field.notIndexed.equals(value);
            // A plan for any value would not dare to use the partial index.
            return useIndex ? equal + " and " + field.column + " <> '" + field.notIndexed + "'" : equal;
        }
    }

    /** A statement with the values of its parameters. */
    record Statement(String sql, Tuple values) {}

    AuditSearch olderThan(UUID id) {
        return new AuditSearch(filters, from, to, Optional.of(id));
    }

    Statement statement(int limit) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Tuple values = Tuple.tuple();
        for (Filter filter : filters) {
            values.addString(filter.value());
            conditions.add(filter.conditionAt(values.size()));
        }
        // Ids grow with the time in them: they bound what is read, the time itself decides.
        from.ifPresent(time -> addTime(time, ">=", conditions, values));
        to.ifPresent(time -> addTime(time, "<", conditions, values));
        after.ifPresent(id -> conditions.add("id < $" + values.addUUID(id).size()));
        String sql = SELECT + String.join(" and ", conditions) + " order by id desc limit $"
                + values.addInteger(limit).size();
        return new Statement(sql, values);
    }

    private static void addTime(Instant time, String comparison, List<String> conditions, Tuple values) {
        long millis = time.toEpochMilli() + (comparison.equals("<") ? 1 : 0);
        conditions.add("id " + comparison + " $" + values.addUUID(new UUID(millis << 16, 0)).size());
        conditions.add("at " + comparison + " $"
                + values.addOffsetDateTime(time.atOffset(ZoneOffset.UTC)).size());
    }
}
