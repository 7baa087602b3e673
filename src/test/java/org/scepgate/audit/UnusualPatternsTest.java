package org.scepgate.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestEvents;
import org.scepgate.testing.TestEvents.Event;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(AuditApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class UnusualPatternsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Event ISSUED =
            new Event("device", null, "certificate.issued", "certificate/1", "success", "{\"profile\": \"night\"}");

    @Test
    void raisesAnAlarmForManyEnrolmentsFromOneAddressOncePerWindow() throws SQLException {
        addEach(3, ISSUED.at("198.51.100.1"));
        addEach(2, ISSUED.at("198.51.100.2"));

        await().atMost(SOON).until(() -> alarms("alarm.many-enrolments", "address/198.51.100.1") == 1);
        addEach(3, ISSUED.at("198.51.100.1"));
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> alarms("alarm.many-enrolments", "address/198.51.100.1") == 1);

        assertThat(alarms("alarm.many-enrolments", "address/198.51.100.2")).isZero();
        assertThat(given().get("/q/metrics").asString())
                .contains("scepgate_alarms_total{kind=\"alarm.many-enrolments\"}");
    }

    @Test
    void raisesAnAlarmForFailuresPerAddressAndPerClient() throws SQLException {
        UUID challenge = UUID.randomUUID();
        TestEvents.add(
                Instant.now().minus(Duration.ofDays(1)),
                new Event("mdm-guessed", null, "challenge.created", "challenge/" + challenge, "success", "{}"));
        String details = "{\"challengeId\": \"" + challenge + "\"}";
        Event refused = new Event("device", "198.51.100.3", "enrollment.refused", "challenge/x", "refused", details);

        addEach(2, refused);
        addEach(2, new Event("device", "198.51.100.3", "challenge.reused", "challenge/x", "alarm", details));

        await().atMost(SOON).until(() -> alarms("alarm.failed-challenges", "address/198.51.100.3") == 1);
        await().atMost(SOON).until(() -> alarms("alarm.failed-challenges", "client/mdm-guessed") == 1);
    }

    @Test
    void raisesAnAlarmForEnrolmentsOutsideTheHours() throws SQLException {
        addEach(1, ISSUED.at("198.51.100.4"));

        await().atMost(SOON).until(() -> alarms("alarm.enrolment-outside-hours", "profile/night") == 1);
    }

    @Test
    void knowsHoursThatGoPastMidnight() {
        AlarmHours night = new AlarmHours(
                LocalTime.of(22, 0), LocalTime.of(6, 0), Set.of(DayOfWeek.FRIDAY), ZoneId.of("Europe/Berlin"));

        // 2026-11-20 is a Friday; Berlin is an hour ahead of UTC.
        assertThat(night.cover(Instant.parse("2026-11-20T21:00:00Z"))).isTrue();
        assertThat(night.cover(Instant.parse("2026-11-20T20:59:59Z"))).isFalse();
        assertThat(night.cover(Instant.parse("2026-11-21T04:59:59Z"))).isTrue();
        assertThat(night.cover(Instant.parse("2026-11-21T05:00:00Z"))).isFalse();
        assertThat(night.cover(Instant.parse("2026-11-20T04:00:00Z"))).isFalse();
    }

    private static void addEach(int count, Event event) throws SQLException {
        for (int i = 0; i < count; i++) {
            TestEvents.add(Instant.now(), event);
        }
    }

    private static long alarms(String action, String object) throws SQLException {
        return TestEvents.number("select count(*) from audit_event where outcome = 'alarm' and action = '" + action
                + "' and object = '" + object + "'");
    }
}
