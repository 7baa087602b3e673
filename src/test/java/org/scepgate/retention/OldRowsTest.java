package org.scepgate.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.scepgate.audit.AuditApi;
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

    private long remove(Instant before) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> database.withConnection(connection -> OldRows.AUDIT_EVENT.remove(connection, before)));
    }
}
