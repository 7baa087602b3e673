package org.scepgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

/** What ends is told once. */
@QuarkusTest
@TestProfile(QuietEvents.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class ExpiriesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    EventsConfig config;

    @Inject
    EventStore events;

    @Inject
    Pool database;

    private final HandClock clock = new HandClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final String name = "x-" + UUID.randomUUID();
    private Expiries expiries;

    @BeforeEach
    void beginsAnew() throws SQLException {
        EventRows.update("delete from event_progress");
        expiries = new Expiries(config, new ExpiryStore(clock), events, clock);
        tell();
    }

    private void tell() {
        database.withConnection(expiries::tell).await().atMost(SOON);
        clock.advance(Duration.ofMillis(1));
    }

    private List<String> told(String type, String field) throws SQLException {
        return EventRows.texts("select body::jsonb ->> '" + field + "' from event where type = '" + type
                + "' and (client = '" + name + "' or body::jsonb ->> 'profile' = '" + name + "') order by number");
    }

    private OffsetDateTime in(Duration time) {
        return clock.instant().plus(time).atOffset(ZoneOffset.UTC);
    }

    private String challenge(Duration end, String state) throws SQLException {
        UUID id = TimeOrderedId.at(clock.instant());
        EventRows.update(
                "insert into challenge (id, secret_mac, profile, device_id, created_by, created_at, expires_at, binding"
                        + (state.isEmpty() ? "" : ", " + state)
                        + ") values (?, sha256(?::text::bytea), 'demo', 'd-1', ?, ?, ?, '{}'"
                        + (state.isEmpty() ? "" : ", now()") + ")",
                id,
                id.toString(),
                name,
                in(Duration.ZERO),
                in(end));
        return id.toString();
    }

    @Test
    void tellsOnceOfAChallengeThatNobodyUsed() throws SQLException {
        String unused = challenge(Duration.ofSeconds(10), "");
        for (String state : List.of("spent_at", "cancelled_at", "locked_at", "held_at")) {
            challenge(Duration.ofSeconds(10), state);
        }

        clock.advance(Duration.ofSeconds(39));
        tell();
        assertThat(told("challenge.expired", "challengeId")).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        tell();
        tell();

        assertThat(told("challenge.expired", "challengeId")).containsExactly(unused);
        assertThat(told("challenge.expired", "deviceId")).containsExactly("d-1");
        EventRows.update("update challenge set expires_at = ? where id = ?::uuid", in(Duration.ofSeconds(5)), unused);
        clock.advance(Duration.ofMinutes(2));
        tell();
        tell();
        assertThat(told("challenge.expired", "challengeId")).containsExactly(unused, unused);
    }

    @Test
    void tellsOfManyInTheirOrder() throws SQLException {
        EventRows.update(
                "insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding)"
                        + " select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'demo', ?, ?, ?::timestamptz"
                        + " + n % 7 * interval '1 millisecond', '{}' from generate_series(1, 350) n",
                name, in(Duration.ZERO), in(Duration.ofSeconds(10)));

        clock.advance(Duration.ofMinutes(1));
        tell();
        tell();

        assertThat(told("challenge.expired", "challengeId"))
                .hasSize(350)
                .isEqualTo(EventRows.texts(
                        "select id from challenge where created_by = '" + name + "' order by expires_at, id"));
    }

    @Test
    void tellsOfAReservedChallengeWhenItsRequestEnds() throws SQLException {
        String reserved = challenge(Duration.ofSeconds(1), "held_at");
        EventRows.update(
                "insert into held_request (id, profile, challenge_id, transaction_id, received_at, expires_at, subject,"
                        + " subject_alt_names, key, csr, spki_sha256, request_sha256, signer_holds_key)"
                        + " values (?, 'demo', ?::uuid, 't', now(), ?, 'CN=x', '{}', 'RSA 2048', '\\x3000',"
                        + " repeat('5', 64), repeat('7', 64), true)",
                TimeOrderedId.at(clock.instant()),
                reserved,
                in(Duration.ofHours(1)));

        clock.advance(Duration.ofMinutes(50));
        tell();
        assertThat(told("challenge.expired", "challengeId")).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        tell();
        tell();

        assertThat(told("challenge.expired", "challengeId")).containsExactly(reserved);
    }

    @Test
    void tellsEachOfThousandsThatEndAtTheSameMoment() throws SQLException {
        EventRows.update(
                "insert into challenge (id, secret_mac, profile, created_by, created_at, expires_at, binding)"
                        + " select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'demo', ?, ?, ?, '{}'"
                        + " from generate_series(1, 2500)",
                name,
                in(Duration.ZERO),
                in(Duration.ofSeconds(10)));

        clock.advance(Duration.ofMinutes(1));
        tell();
        tell();

        assertThat(told("challenge.expired", "challengeId")).hasSize(2500).doesNotHaveDuplicates();
    }

    private String certificate(String profile, Duration end, String serial) throws SQLException {
        EventRows.update(
                "insert into certificate (id, ca, serial, profile, subject, spki_sha256, request_sha256, not_before,"
                        + " not_after, der, issued_at) values (?, ?, decode(?, 'hex'), ?, 'CN=x', repeat('5', 64),"
                        + " repeat('7', 64), ?, ?, '\\x3000', ?)",
                TimeOrderedId.at(clock.instant()),
                name,
                serial,
                profile,
                in(Duration.ZERO),
                in(end),
                in(Duration.ZERO));
        return serial;
    }

    @Test
    void tellsOnceOfACertificateThatEndsSoonAndIsInUse() throws SQLException {
        certificate(name, Duration.ofDays(10), "0a");
        certificate(name, Duration.ofDays(20), "0b");
        certificate(name, Duration.ofDays(10), "0c");
        EventRows.update(
                "update certificate set revoked_at = now(), revocation_reason = 1 where ca = ? and serial = '\\x0c'",
                name);
        certificate(name, Duration.ofDays(10), "0d");
        certificate(name, Duration.ofDays(300), "0e");
        EventRows.update("update certificate set renewed_serial = '\\x0d' where ca = ? and serial = '\\x0e'", name);

        clock.advance(Duration.ofMinutes(1));
        tell();
        tell();
        assertThat(told("certificate.expiring", "serial")).containsExactly("0a");
        clock.advance(Duration.ofDays(7));
        tell();
        tell();
        assertThat(told("certificate.expiring", "serial")).containsExactly("0a", "0b");

        certificate(name, Duration.ofDays(2), "0f");
        tell();
        assertThat(told("certificate.expiring", "serial")).hasSize(2);
        clock.advance(Duration.ofMinutes(1));
        tell();
        tell();
        assertThat(told("certificate.expiring", "serial")).containsExactly("0a", "0b", "0f");
    }

    @Test
    void followsTheLeadOfAProfile() throws SQLException {
        certificate("early", Duration.ofDays(20), "1a");
        certificate(name, Duration.ofDays(20), "1b");

        clock.advance(Duration.ofMinutes(1));
        tell();

        assertThat(told("certificate.expiring", "serial")).isEmpty();
        assertThat(EventRows.texts("select body::jsonb ->> 'serial' from event where type = 'certificate.expiring'"
                        + " and body::jsonb ->> 'profile' = 'early' and body::jsonb ->> 'ca' = '" + name + "'"))
                .containsExactly("1a");
    }
}
