package org.scepgate.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** From when on a pattern is unusual; zero switches a threshold off. */
@ConfigMapping(prefix = "scepgate.alerts")
public interface AlertConfig {

    /** The time that is counted over, and in which an alarm is raised once. */
    @WithDefault("PT15M")
    Duration window();

    /** How often is counted. */
    @WithDefault("PT1M")
    Duration interval();

    /** Certificates for devices at one address. */
    @WithDefault("500")
    long enrolmentsPerAddress();

    /** Refused requests from one address. */
    @WithDefault("50")
    long failuresPerAddress();

    /** Refused requests with challenges of one client. */
    @WithDefault("50")
    long failuresPerClient();

    /** When devices enrol; at any time when neither end is set. */
    Hours hours();

    /** A part of the day, which may go past midnight. */
    interface Hours {
        Optional<LocalTime> from();

        Optional<LocalTime> to();

        /** On which days it begins. */
        @WithDefault("MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY")
        Set<DayOfWeek> days();

        @WithDefault("UTC")
        ZoneId zone();
    }
}
