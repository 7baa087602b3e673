package org.scepgate.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** Reads what the queries of lists have in common; a fault is a 400 that names its parameter. */
public final class QueryValues {
    // RFC 5280 section 4.1.2.5: no certificate ends later, and PostgreSQL keeps it.
    private static final int LAST_YEAR = 9999;

    private QueryValues() {}

    /** PostgreSQL takes no U+0000 as text; what has one is found nowhere, and that is the answer. */
    public static String text(String given) {
        return given.replace('\0', '\uFFFD');
    }

    /**
     * @param firstYear the first that counts
     * @throws ApiException if it is no time of that year or later
     */
    public static Optional<Instant> time(String parameter, String text, int firstYear) {
        try {
            Optional<OffsetDateTime> time = Optional.ofNullable(text).map(OffsetDateTime::parse);
            if (time.filter(read -> read.getYear() < firstYear || read.getYear() > LAST_YEAR)
                    .isPresent()) {
                throw badTime(parameter);
            }
            return time.map(OffsetDateTime::toInstant);
        } catch (DateTimeException unreadable) {
            throw badTime(parameter);
        }
    }

    /** @throws ApiException if it is none of them, letter by letter */
    public static <E extends Enum<E>> E oneOf(E[] values, String parameter, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> ApiException.badRequest("invalid-value", parameter, "one of " + Arrays.toString(values)));
    }

    private static ApiException badTime(String parameter) {
        return ApiException.badRequest("invalid-value", parameter, "a time such as 2026-12-24T18:00:00Z");
    }
}
