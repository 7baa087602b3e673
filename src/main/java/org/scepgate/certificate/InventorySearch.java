package org.scepgate.certificate;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which certificates to list.
 *
 * @param names subject and alternative name, see {@link Name}
 * @param after only those older than this one, exclusive
 */
record InventorySearch(
        Optional<String> serial,
        List<Name> names,
        Optional<String> deviceId,
        Optional<String> profile,
        Optional<String> ca,
        Optional<CertificateState> state,
        Optional<Instant> expiresAfter,
        Optional<Instant> expiresBefore,
        Optional<UUID> after,
        int limit) {

    // Which CAs and profiles there are, by a few steps through an index: the indexes begin with them.
    private static final String NAMES = """
            with recursive %1$s_names(name) as (
                (select %1$s from certificate order by %1$s limit 1)
                union all
                select (select c.%1$s from certificate c where c.%1$s > n.name order by c.%1$s limit 1)
                from %1$s_names n where n.name is not null
            )
            select name from %1$s_names where name is not null
            """;
    private static final String ANY_CA = NAMES.formatted("ca");
    private static final String ANY_PROFILE = NAMES.formatted("profile");

    /** What names are stored by, in lower case. */
    enum Kind {
        SUBJECT("s:"),
        ALT_NAME("a:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** A name, or the start of one if it ends with a star. */
    record Name(Kind kind, String text) {
        // As V4__inventory_and_revocation.sql stores it.
        private static final int STORED = 202;
        private static final String BEYOND_ALL = Character.toString(Character.MAX_CODE_POINT);

        private String condition(Statement statement) {
            boolean isStart = text.endsWith("*");
            String wanted = isStart ? text.substring(0, text.length() - 1) : text;
            String stored = kind.prefix + wanted.toLowerCase(Locale.ROOT);
            int[] points = stored.codePoints().limit(STORED).toArray();
            String key = new String(points, 0, points.length);
            return "c.id in (select certificate_id from certificate_name where name "
                    + (isStart
                            ? ">= " + statement.value(key) + " and name < " + statement.value(key + BEYOND_ALL)
                            : "= " + statement.value(key))
                    + ")";
        }
    }

    /** SQL with its values. */
    record Statement(StringBuilder sql, Tuple values) {
        private String value(Object value) {
            values.addValue(value);
            return "$" + values.size();
        }
    }

    /** Completes {@code select ... from certificate c}. */
    Statement statement(String select, Instant now) {
        Statement statement = new Statement(new StringBuilder(select), Tuple.tuple());
        addExpiry(statement, now);
        List<String> conditions = new ArrayList<>();
        serial.map(hex -> Buffer.buffer(HexFormat.of().parseHex(hex)))
                .ifPresent(bytes -> conditions.add("c.serial = " + statement.value(bytes)));
        names.forEach(name -> conditions.add(name.condition(statement)));
        deviceId.ifPresent(device -> conditions.add("c.device_id = " + statement.value(device)));
        state.ifPresent(wanted -> conditions.add(condition(wanted, statement, now)));
        after.ifPresent(id -> conditions.add("c.id < " + statement.value(id)));
        addOrigin(conditions, statement);
        statement.sql().append(conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
        statement.sql().append(" order by c.id desc limit ").append(limit);
        return statement;
    }

    private void addOrigin(List<String> conditions, Statement statement) {
        ca.ifPresent(name -> conditions.add("c.ca = " + statement.value(name)));
        profile.ifPresent(name -> conditions.add("c.profile = " + statement.value(name)));
        if (serial.isPresent() && ca.isEmpty()) {
            conditions.add("c.ca in (" + ANY_CA + ")");
        }
    }

    /**
     * Those of a span of time come by the index on profile and end, and are sorted then. PostgreSQL would rather walk back
     * through all certificates until it has a page; {@code offset 0} keeps it from that. Without a start, it is right.
     */
    private void addExpiry(Statement statement, Instant now) {
        Optional<Instant> start = expiresAfter.or(
                () -> state.filter(CertificateState.VALID::equals).map(valid -> now));
        List<String> conditions = new ArrayList<>();
        start.ifPresent(from -> conditions.add("e.not_after >= " + statement.value(time(from))));
        expiresBefore.ifPresent(to -> conditions.add("e.not_after < " + statement.value(time(to))));
        boolean isSpan = start.isPresent() && expiresBefore.isPresent();
        if (isSpan) {
            conditions.add("e.profile = any (array(" + ANY_PROFILE + "))");
        }
        if (!conditions.isEmpty()) {
            int from = statement.sql().lastIndexOf("certificate c");
            String source = "(select * from certificate e where " + String.join(" and ", conditions);
            statement.sql().replace(from, statement.sql().length(), source + (isSpan ? " offset 0) c" : ") c"));
        }
    }

    private static String condition(CertificateState wanted, Statement statement, Instant now) {
        return wanted.dependsOnTime() ? wanted.condition() + statement.value(time(now)) : wanted.condition();
    }

    private static Object time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
