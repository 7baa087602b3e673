package org.scepgate.events;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What can be told. */
enum EventType {
    CHALLENGE_REDEEMED("challenge.redeemed"),
    CHALLENGE_REFUSED("challenge.refused"),
    CHALLENGE_LOCKED("challenge.locked"),
    CHALLENGE_EXPIRED("challenge.expired"),
    CHALLENGE_REUSED("challenge.reused"),
    CERTIFICATE_ISSUED("certificate.issued"),
    CERTIFICATE_RENEWED("certificate.renewed"),
    CERTIFICATE_EXPIRING("certificate.expiring"),
    CERTIFICATE_REVOKED("certificate.revoked"),
    REQUEST_PENDING("request.pending"),
    ALARM_RAISED("alarm.raised");

    private static final String ALL_OF_A_KIND = ".*";

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Those that a text such as {@code challenge.locked} or {@code challenge.*} names; empty if there are none. */
    static Optional<Set<EventType>> named(String name) {
        Set<EventType> found = EnumSet.noneOf(EventType.class);
        String kind = name.endsWith(ALL_OF_A_KIND) ? name.substring(0, name.length() - 1) : null;
        Arrays.stream(values())
                .filter(type -> kind == null ? type.text.equals(name) : type.text.startsWith(kind))
                .forEach(found::add);
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
