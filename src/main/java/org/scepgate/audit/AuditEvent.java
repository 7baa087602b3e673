package org.scepgate.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who did what to what, and how it ended.
 *
 * @param actor client id of the caller, or what a device is known by
 * @param sourceAddress null where nobody called, as for a scheduled task
 * @param action dotted, such as {@code challenge.created}
 * @param object what it was done to: kind and id, such as {@code challenge/0198...}
 * @param outcome {@code success}, {@code refused}, ...
 * @param reason null where the outcome needs none
 * @param details values that Jackson can write; never a secret
 */
public record AuditEvent(
        Instant at,
        String actor,
        String sourceAddress,
        String action,
        String object,
        String outcome,
        String reason,
        Map<String, Object> details) {

    public AuditEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(outcome, "outcome");
        // Keeps the order of the details, and takes null for "not known", which Map.copyOf would refuse.
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
