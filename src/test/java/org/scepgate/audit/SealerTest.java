package org.scepgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
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
class SealerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Event EVENT = new Event("sealed", null, "x.sealed", "thing/s", "success", "{}");

    @Test
    void sealsARowThatCommitsLateAndNoneTwice() throws Exception {
        try (Connection late = TestEvents.connect()) {
            late.setAutoCommit(false);
            UUID begunFirst = TestEvents.add(late, Instant.now(), EVENT);
            UUID committedFirst = TestEvents.add(Instant.now(), EVENT);
            UUID early = TestEvents.add(Instant.now().minusSeconds(600), EVENT);
            long rounds = TestEvents.number("select coalesce(max(number), 0) from audit_seal");

            // Nothing behind an open transaction is complete.
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> TestEvents.sealsOf(begunFirst) + TestEvents.sealsOf(committedFirst) == 0);
            late.commit();

            await().atMost(SOON)
                    .until(() -> TestEvents.sealsOf(begunFirst) == 1
                            && TestEvents.sealsOf(committedFirst) == 1
                            && TestEvents.sealsOf(early) == 1);
            assertThat(TestEvents.number("select max(number) from audit_seal")).isGreaterThan(rounds);
        }
        assertThat(TestEvents.number("select count(*) - max(number) from audit_seal"))
                .isZero();
    }

    @Test
    void sealsManyRowsOnceEachAndInTheirOrder() throws Exception {
        TestEvents.update("""
                insert into audit_event (id, at, actor, action, object, outcome, details)
                select gen_random_uuid(), now(), 'sealed', 'x.many', 'thing/' || n, 'success', '{}'
                from generate_series(1, 1250) n
                """);
        String places = """
                select e.id, s.number, (position(uuid_send(e.id) in s.entries) - 1) / 48 as place
                from audit_event e join audit_seal s on position(uuid_send(e.id) in s.entries) > 0
                where e.action = 'x.many'
                """;

        await().atMost(SOON)
                .until(() -> TestEvents.number("select count(distinct id) from (" + places + ") p") == 1250);

        assertThat(TestEvents.number("select count(*) from (" + places + ") p")).isEqualTo(1250);
        // One transaction wrote them, so their ids order them.
        assertThat(TestEvents.number("select count(*) from (select number * 1000 + place"
                        + " - lag(number * 1000 + place) over (order by id) as step from (" + places
                        + ") p) s where step <= 0"))
                .isZero();
        assertThat(TestEvents.number("select max(rows) from audit_seal")).isEqualTo(1000);
    }

    @Test
    void writesEachSealDownOutside() throws Exception {
        UUID id = TestEvents.add(Instant.now(), EVENT);
        await().atMost(SOON).until(() -> TestEvents.sealsOf(id) == 1);
        long number = TestEvents.number(
                "select number from audit_seal where position(uuid_send('" + id + "') in entries) > 0");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Files.readString(AuditApi.ANCHORS)).contains("{\"number\":" + number + ","));
    }
}
