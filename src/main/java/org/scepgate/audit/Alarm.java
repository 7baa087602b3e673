package org.scepgate.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A pattern that is unusual.
 *
 * @param object what it was seen at, such as {@code address/192.0.2.7}
 * @param count how often in the window
 */
record Alarm(String action, String object, String reason, long count) {
    static Alarm enrolmentsFrom(String address, long count) {
        return new Alarm("alarm.many-enrolments", "address/" + address, "many enrolments from one address", count);
    }

    static Alarm failuresFrom(String address, long count) {
        return new Alarm("alarm.failed-challenges", "address/" + address, "many refusals for one address", count);
    }

    /** @param perMinute how many were answered, and are in the audit log */
    static Alarm throttled(String address, long perMinute) {
        return new Alarm(
                "alarm.failed-challenges", "address/" + address, "refusals for one address are throttled", perMinute);
    }

    static Alarm failuresOf(String client, long count) {
        return new Alarm(
                "alarm.failed-challenges", "client/" + client, "many refusals with challenges of one client", count);
    }

    static Alarm outsideHours(String profile, long count) {
        return new Alarm("alarm.enrolment-outside-hours", "profile/" + profile, "enrolments outside the hours", count);
    }

    AuditEvent event(Instant now, Duration window) {
        Map<String, Object> details = Map.of("count", count, "window", window.toString());
        return new AuditEvent(now, "scepgate", null, action, object, "alarm", reason, details);
    }
}
