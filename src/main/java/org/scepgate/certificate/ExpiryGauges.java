package org.scepgate.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scepgate.platform.MetricNames;
import org.scepgate.platform.Schedule;

/** Counts certificates that expire soon, on schedule and not when somebody scrapes. */
@Singleton
class ExpiryGauges {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    // By the index on profile and end: reads those of the next month and the few rows that renewed them.
    private static final String COUNT = """
            with recursive profiles(name) as (
                (select profile from certificate order by profile limit 1)
                union all
                select (select c.profile from certificate c where c.profile > p.name order by c.profile limit 1)
                from profiles p where p.name is not null
            )
            select p.name as profile, count(c.not_after) as month,
                   count(c.not_after) filter (where c.not_after < $2) as week
            from profiles p left join certificate c
                on c.profile = p.name and c.not_after >= $1 and c.not_after < $3 and c.revoked_at is null
                   and not exists (select from certificate n where n.ca = c.ca and n.renewed_serial = c.serial)
            where p.name is not null group by p.name
            """;

    private final Pool database;
    private final Clock clock;
    private final MultiGauge gauges;

    ExpiryGauges(Pool database, Clock clock, MeterRegistry metrics) {
        this.database = database;
        this.clock = clock;
        this.gauges = MultiGauge.builder(MetricNames.CERTIFICATES_EXPIRING).register(metrics);
    }

    void start(@Observes StartupEvent started, Schedule schedule) {
        schedule.every("counting certificates that expire", FIRST, INTERVAL, this::count);
    }

    private Uni<Void> count() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return database.preparedQuery(COUNT)
                .execute(Tuple.of(now, now.plusDays(WEEK), now.plusDays(MONTH)))
                .invoke(this::show)
                .replaceWithVoid();
    }

    private void show(RowSet<Row> rows) {
        List<MultiGauge.Row<?>> shown = StreamSupport.stream(rows.spliterator(), false)
                .<MultiGauge.Row<?>>flatMap(row -> Stream.of(gauge(row, "week", WEEK), gauge(row, "month", MONTH)))
                .toList();
        gauges.register(shown, true);
    }

    private static MultiGauge.Row<?> gauge(Row row, String column, int days) {
        return MultiGauge.Row.of(
                Tags.of("profile", row.getString("profile"), "within", days + "d"), row.getLong(column));
    }
}
