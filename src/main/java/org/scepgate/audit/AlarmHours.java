package org.scepgate.audit;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.scepgate.platform.ConfigurationException;

/**
 * The hours in which devices enrol.
 *
 * @param days on which they begin
 */
record AlarmHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) {
    private static final Duration DAY = Duration.ofDays(1);

    static Optional<AlarmHours> of(AlertConfig.Hours hours) {
        if (hours.from().isPresent() != hours.to().isPresent()) {
            throw new ConfigurationException("scepgate.alerts.hours", "needs both from and to");
        }
        return hours.from()
                .map(from -> new AlarmHours(from, hours.to().orElseThrow(), Set.copyOf(hours.days()), hours.zone()));
    }

    boolean cover(Instant time) {
        // Counted from the beginning, hours past midnight belong to the day they began on.
        LocalDateTime sinceBegin = LocalDateTime.ofInstant(time, zone).minusNanos(from.toNanoOfDay());
        return days.contains(sinceBegin.getDayOfWeek())
                && sinceBegin.toLocalTime().toNanoOfDay() < length().toNanos();
    }

    /** The same time twice is a whole day. */
    private Duration length() {
        Duration length = Duration.between(from, to);
        return length.isNegative() || length.isZero() ? length.plus(DAY) : length;
    }
}
