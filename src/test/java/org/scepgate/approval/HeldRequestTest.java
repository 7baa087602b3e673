package org.scepgate.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.policy.RequestedAltNames;

/** What a device is told that asks for its request, by the state of the request and the time of day. */
class HeldRequestTest {
    private static final Instant RECEIVED = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final Duration WINDOW = Duration.ofHours(24);

    private static HeldRequest request(Optional<Ruling> ruling, Optional<HeldCertificate> certificate) {
        HeldContent content = new HeldContent(
                Optional.empty(),
                "CN=device-42",
                RequestedAltNames.NONE,
                "RSA 2048",
                new byte[0],
                "5".repeat(64),
                "7".repeat(64),
                new HeldSigner(true, Optional.empty()));
        return new HeldRequest(
                UUID.randomUUID(),
                "demo",
                "transaction",
                Optional.empty(),
                content,
                "192.0.2.7",
                RECEIVED,
                RECEIVED.plus(LIFETIME),
                ruling,
                certificate);
    }

    private static HeldRequest waiting() {
        return request(Optional.empty(), Optional.empty());
    }

    private static HeldRequest denied() {
        Ruling ruling = new Ruling(Ruling.Kind.DENIED, "op", "no", RECEIVED.plusSeconds(60));
        return request(Optional.of(ruling), Optional.empty());
    }

    private static HeldRequest approved(Duration after, Duration valid, boolean revoked) {
        Instant at = RECEIVED.plus(after);
        return request(
                Optional.of(new Ruling(Ruling.Kind.APPROVED, "op", "yes", at)),
                Optional.of(new HeldCertificate("01", new byte[] {1}, at.plus(valid), revoked)));
    }

    static Stream<Arguments> answers() {
        Duration hour = Duration.ofHours(1);
        Duration days6 = Duration.ofDays(6);
        Duration year = Duration.ofDays(365);
        Duration lastDay = LIFETIME.minus(hour);
        return Stream.of(
                Arguments.of(waiting(), hour, "wait", true),
                Arguments.of(waiting(), LIFETIME, "request-expired", false),
                Arguments.of(denied(), hour, "request-denied", true),
                Arguments.of(denied(), LIFETIME, "request-denied", false),
                Arguments.of(approved(hour, year, false), hour, "collect", true),
                // It could have waited that long, so that its device may come only now.
                Arguments.of(approved(hour, year, false), days6, "collect", true),
                Arguments.of(approved(hour, year, false), LIFETIME, "retry-window-over", false),
                Arguments.of(approved(lastDay, year, false), LIFETIME.plus(hour), "collect", true),
                Arguments.of(approved(lastDay, year, false), lastDay.plus(WINDOW), "retry-window-over", false),
                Arguments.of(approved(hour, year, true), hour, "certificate-revoked", false),
                Arguments.of(approved(hour, hour, false), hour.plus(hour), "certificate-expired", false));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersByStateAndTime(HeldRequest held, Duration later, String expected, boolean sameAgain) {
        Instant now = RECEIVED.plus(later);

        HeldAnswer answer = held.answerAt(now, WINDOW);

        assertThat(answer.<String>fold(wait -> "wait", collect -> "collect", HeldAnswer.Refused::reason))
                .isEqualTo(expected);
        assertThat(held.isStillAnsweredAt(now, WINDOW)).isEqualTo(sameAgain);
    }

    @Test
    void tellsItsState() {
        assertThat(waiting().statusAt(RECEIVED)).isEqualTo(HeldStatus.PENDING);
        assertThat(waiting().statusAt(RECEIVED.plus(LIFETIME))).isEqualTo(HeldStatus.EXPIRED);
        assertThat(denied().statusAt(RECEIVED.plus(LIFETIME))).isEqualTo(HeldStatus.DENIED);
        assertThat(approved(LIFETIME, LIFETIME, false).statusAt(RECEIVED.plus(LIFETIME)))
                .isEqualTo(HeldStatus.APPROVED);
    }
}
