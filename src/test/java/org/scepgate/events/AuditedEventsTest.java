package org.scepgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scepgate.audit.AuditEvent;

class AuditedEventsTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final String CHALLENGE = "0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90";

    private static List<Event> of(String action, String object, String reason, Map<String, Object> details) {
        return AuditedEvents.of(
                new AuditEvent(AT, "device", "192.0.2.1", action, object, "success", reason, details),
                AT.plusSeconds(1));
    }

    private static List<String> types(String action, String object, Map<String, Object> details) {
        return of(action, object, null, details).stream().map(Event::type).toList();
    }

    @Test
    void tellsAnEnrolmentOfTheChallengeAndOfTheCertificate() {
        Map<String, Object> details = Map.of(
                "challengeId", CHALLENGE, "profile", "demo", "ca", "main", "serial", "4f", "transactionId", "t-1");

        List<Event> events = of("certificate.issued", "certificate/4f", null, details);

        assertThat(events).extracting(Event::type).containsExactly("challenge.redeemed", "certificate.issued");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.time()).isEqualTo(AT);
            assertThat(event.challengeId()).isEqualTo(CHALLENGE);
            assertThat(event.ca()).isEqualTo("main");
            assertThat(event.serial()).isEqualTo("4f");
            assertThat(event.transactionId()).isEqualTo("t-1");
        });
        assertThat(events.get(0).id()).isNotEqualTo(events.get(1).id());
    }

    @Test
    void tellsOfACertificateWithoutAChallengeAlone() {
        assertThat(types("certificate.renewed", "certificate/4f", Map.of("serial", "4f")))
                .containsExactly("certificate.renewed");
        assertThat(types("certificate.renewed", "certificate/4f", Map.of("challengeId", CHALLENGE)))
                .containsExactly("challenge.redeemed", "certificate.renewed");
    }

    @Test
    void findsIdsInTheObject() {
        assertThat(of("challenge.locked", "challenge/" + CHALLENGE, "refused too often", Map.of())
                        .get(0))
                .satisfies(event -> assertThat(event.challengeId()).isEqualTo(CHALLENGE))
                .satisfies(event -> assertThat(event.reason()).isEqualTo("refused too often"));
        assertThat(of("certificate.revoked", "certificate/4f", "keyCompromise", Map.of("ca", "main"))
                        .get(0))
                .satisfies(event -> assertThat(event.serial()).isEqualTo("4f"))
                .satisfies(event -> assertThat(event.reason()).isEqualTo("keyCompromise"));
    }

    @Test
    void tellsOfRefusalsOfKnownChallengesOnly() {
        assertThat(types("enrollment.refused", "challenge/x", Map.of("challengeId", CHALLENGE)))
                .containsExactly("challenge.refused");
        assertThat(types("enrollment.refused", "transaction/t", Map.of())).isEmpty();
        assertThat(of("authorization.failed", "challenge/x", "authorization.wider", Map.of("challengeId", CHALLENGE)))
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("challenge.refused"))
                .satisfies(event -> assertThat(event.reason()).isEqualTo("authorization.wider"));
        assertThat(types("authorization.failed", "transaction/t", Map.of())).isEmpty();
        assertThat(types("challenge.reused", "challenge/x", Map.of("challengeId", CHALLENGE)))
                .containsExactly("challenge.reused");
        assertThat(types("request.held", "request/r", Map.of("requestId", "r"))).containsExactly("request.pending");
    }

    @Test
    void tellsAnAlarmToNoClient() {
        Map<String, Object> details = Map.of("count", 501, "window", "PT15M");
        List<Event> events = of("alarm.failed-challenges", "client/mdm", "many refusals", details);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("alarm.raised");
            assertThat(event.client()).isNull();
            assertThat(event.reason()).isEqualTo("many refusals");
            assertThat(event.alarm()).isEqualTo(new RaisedAlarm("alarm.failed-challenges", "client/mdm", 501, "PT15M"));
        });
    }

    @Test
    void doesNotTellARetryAgain() {
        for (String action : List.of("certificate.reissued", "certificate.collected", "challenge.created")) {
            assertThat(types(action, "certificate/4f", Map.of("challengeId", CHALLENGE)))
                    .as(action)
                    .isEmpty();
        }
    }
}
