package org.scepgate.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.scepgate.audit.AuditEvent;
import org.scepgate.platform.TimeOrderedId;

/** Which events an entry of the audit log is; most are none. */
final class AuditedEvents {
    private static final String ALARM = "alarm.";

    private AuditedEvents() {}

    /** In their order; whose they are is not known yet. */
    static List<Event> of(AuditEvent entry, Instant now) {
        boolean hasChallenge = entry.details().containsKey("challengeId");
        // A reply that was lost and given again, certificate.reissued, is nothing new.
        return switch (entry.action()) {
            case "certificate.issued" -> enrolled(EventType.CERTIFICATE_ISSUED, hasChallenge, entry, now);
            case "certificate.renewed" -> enrolled(EventType.CERTIFICATE_RENEWED, hasChallenge, entry, now);
            case "certificate.revoked" -> List.of(event(EventType.CERTIFICATE_REVOKED, entry, now));
            case "challenge.locked" -> List.of(event(EventType.CHALLENGE_LOCKED, entry, now));
            case "challenge.reused" -> List.of(event(EventType.CHALLENGE_REUSED, entry, now));
            // Strangers who guess are in the audit log and its alarms; there is nobody here to be told.
            case "enrollment.refused", "authorization.failed" ->
                hasChallenge ? List.of(event(EventType.CHALLENGE_REFUSED, entry, now)) : List.of();
            case "request.held" -> List.of(event(EventType.REQUEST_PENDING, entry, now));
            default ->
                entry.action().startsWith(ALARM) ? List.of(event(EventType.ALARM_RAISED, entry, now)) : List.of();
        };
    }

    private static List<Event> enrolled(EventType type, boolean hasChallenge, AuditEvent entry, Instant now) {
        return Stream.of(hasChallenge ? EventType.CHALLENGE_REDEEMED : null, type)
                .filter(Objects::nonNull)
                .map(each -> event(each, entry, now))
                .toList();
    }

    private static Event event(EventType type, AuditEvent entry, Instant now) {
        Map<String, Object> details = entry.details();
        return new Event(
                TimeOrderedId.at(now),
                type.text(),
                entry.at(),
                null,
                text(details, "profile"),
                text(details, "challengeId", entry, "challenge/"),
                text(details, "deviceId"),
                text(details, "requestId"),
                text(details, "transactionId"),
                text(details, "ca"),
                text(details, "serial", entry, "certificate/"),
                text(details, "subject"),
                text(details, "notAfter"),
                text(details, "renews"),
                entry.reason(),
                type == EventType.ALARM_RAISED ? RaisedAlarm.of(entry) : null);
    }

    private static String text(Map<String, Object> details, String name) {
        Object value = details.get(name);
        return value == null ? null : value.toString();
    }

    /** Else the object of the entry, if it is of that kind. */
    private static String text(Map<String, Object> details, String name, AuditEvent entry, String kind) {
        String found = text(details, name);
        boolean isObject = found == null && entry.object().startsWith(kind);
        return isObject ? entry.object().substring(kind.length()) : found;
    }
}
