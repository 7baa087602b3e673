package org.scepgate.audit;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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
        ACTION("action", "action", "certificate.issued", "challenge.created"),
        OBJECT("object", "object"),
        OUTCOME("outcome", "outcome", "success"),
        PROFILE("profile", "details ->> 'profile'"),
        SOURCE_ADDRESS("sourceAddress", "source_address");

        private final String parameter;
        private final String column;
        private final List<String> notIndexed;

        /** @param notIndexed the values of most rows, which the index leaves out */
        Field(String parameter, String column, String... notIndexed) {
            this.parameter = parameter;
            this.column = column;
            this.notIndexed = List.of(notIndexed);
        }

        String parameter() {
            return parameter;
        }
    }

    /** A field and the value that it must have. */
    record Filter(Field field, String value) {
        private String conditionAt(int number) {
            String equal = "(" + field.column + ") = $" + number;
            if (field.notIndexed.contains(value)) {
                return equal;
            }
            // A plan for any value would not dare to use the partial index.
            return equal
                    + field.notIndexed.stream()
                            .map(common -> " and " + field.column + " <> '" + common + "'")
                            .collect(Collectors.joining());
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
        conditions.add("id " + comparison + " $"
                + values.addUUID(new UUID(millis << 16, 0)).size());
        conditions.add("at " + comparison + " $"
                + values.addOffsetDateTime(time.atOffset(ZoneOffset.UTC)).size());
    }
}
