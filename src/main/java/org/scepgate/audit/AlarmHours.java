package org.scepgate.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/** The hours in which devices enrol. */
record AlarmHours(AlertConfig.Hours hours) {
    private static final Duration DAY = Duration.ofDays(1);

    boolean cover(Instant time) {
        // Counted from the beginning, hours past midnight belong to the day they began on.
        LocalDateTime sinceBegin = LocalDateTime.ofInstant(time, hours.zone())
                .minusNanos(hours.from().toNanoOfDay());
        return hours.days().contains(sinceBegin.getDayOfWeek())
                && sinceBegin.toLocalTime().toNanoOfDay() < length().toNanos();
    }

    /** The same time twice is a whole day. */
    private Duration length() {
        Duration length = Duration.between(hours.from(), hours.to());
        return length.isNegative() || length.isZero() ? length.plus(DAY) : length;
    }
}
