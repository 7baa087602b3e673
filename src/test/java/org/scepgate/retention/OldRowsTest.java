package org.scepgate.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.scepgate.audit.AuditApi;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestEvents;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(AuditApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class OldRowsTest {
    private static final TestEvents.Event EVENT =
            new TestEvents.Event("old", null, "x.old", "thing/o", "success", "{}");

    @Inject
    Pool database;

    @Test
    void removesAuditRowsOnlyWithTheirWholeSeal() throws Throwable {
        Instant now = Instant.now();
        UUID old = TestEvents.add(now, EVENT);
        await().atMost(Duration.ofSeconds(60)).until(() -> TestEvents.sealsOf(old) == 1);

        remove(now.minus(Duration.ofDays(30)));
        assertThat(TestEvents.sealsOf(old)).isEqualTo(1);
        assertThat(remove(now.plusSeconds(3600))).isPositive();

        assertThat(TestEvents.number("select count(*) from audit_event where id = '" + old + "'"))
                .isZero();
        assertThat(TestEvents.number("select count(*) from audit_seal where removed_at is not null"))
                .isPositive();
    }

    @Test
    void removesOldEventsWithTheirDeliveries() throws Throwable {
        Instant now = Instant.now();
        UUID old = event(now.minus(Duration.ofDays(40)));
        UUID young = event(now.minus(Duration.ofDays(20)));

        long removed = remove(OldRows.EVENT, now.minus(Duration.ofDays(30)));

        assertThat(removed).isEqualTo(1);
        assertThat(deliveriesOf(old)).isZero();
        assertThat(deliveriesOf(young)).isEqualTo(1);
    }

    private static UUID event(Instant at) throws SQLException {
        UUID id = TimeOrderedId.at(at);
        try (Connection connection = TestEvents.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("with told as (insert into event (id, type, at, body) values ('" + id + "',"
                    + " 'certificate.issued', '" + at + "', '{}') returning number)"
                    + " insert into event_delivery (webhook, event_number, queued_at, due_at)"
                    + " select 'w', number, now(), now() from told");
        }
        return id;
    }

    private static long deliveriesOf(UUID event) throws SQLException {
        return TestEvents.number("select count(*) from event_delivery d full join event e on e.number = d.event_number"
                + " where e.id = '" + event + "'");
    }

    private long remove(Instant before) throws Throwable {
        return remove(OldRows.AUDIT_EVENT, before);
    }

    private long remove(OldRows rows, Instant before) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> database.withConnection(connection -> rows.remove(connection, before)));
    }
}
