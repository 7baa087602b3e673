package org.scepgate.challenge;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scepgate.audit.AuditEvent;
import org.scepgate.platform.Caller;
import org.scepgate.policy.NamePatterns;

/** What the audit trail says of challenges; it never sees a secret. */
final class ChallengeEvents {
    private ChallengeEvents() {}

    static AuditEvent created(Challenge challenge, Caller caller) {
        Map<String, Object> details = detailsOf(challenge);
        Optional<NamePatterns> patterns = challenge.binding().patterns();
        details.put(
                patterns.isPresent() ? "subjectPattern" : "subject",
                patterns.map(NamePatterns::toString)
                        .orElseGet(() -> challenge.binding().subject().toString()));
        details.put("expiresAt", challenge.expiresAt().toString());
        challenge.succession().replaces().ifPresent(replaced -> details.put("replaces", replaced.toString()));
        return new AuditEvent(
                challenge.createdAt(),
                caller.id(),
                caller.sourceAddress(),
                "challenge.created",
                objectOf(challenge),
                "success",
                null,
                details);
    }

    static AuditEvent cancelled(Challenge challenge, Caller caller, Instant now) {
        return new AuditEvent(
                now,
                caller.id(),
                caller.sourceAddress(),
                "challenge.cancelled",
                objectOf(challenge),
                "success",
                null,
                detailsOf(challenge));
    }

    static AuditEvent extended(Challenge challenge, Instant expiresAt, Caller caller, Instant now) {
        Map<String, Object> details = detailsOf(challenge);
        details.put("expiredAt", challenge.expiresAt().toString());
        details.put("expiresAt", expiresAt.toString());
        return new AuditEvent(
                now,
                caller.id(),
                caller.sourceAddress(),
                "challenge.extended",
                objectOf(challenge),
                "success",
                null,
                details);
    }

    private static Map<String, Object> detailsOf(Challenge challenge) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("profile", challenge.binding().profile());
        challenge.deviceId().ifPresent(device -> details.put("deviceId", device));
        return details;
    }

    private static String objectOf(Challenge challenge) {
        return "challenge/" + challenge.id();
    }
}
