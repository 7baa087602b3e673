package org.scepgate.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Readiness: whether the database answers, and soon; Quarkus' own checks wait for one that has stopped. */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {
    private static final String NAME = "database";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Logger LOG = Logger.getLogger("org.scepgate.health");

    private final Pool pool;
    private final AtomicInteger up = new AtomicInteger(1);

    DatabaseHealth(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        Gauge.builder(MetricNames.DATABASE_UP, up, AtomicInteger::get).register(metrics);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return UniHelper.toUni(pool.withConnection(
                        connection -> connection.query("select 1").execute()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(row -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(DatabaseHealth::down)
                .invoke(answer -> up.set(answer.getStatus() == HealthCheckResponse.Status.UP ? 1 : 0));
    }

    private static HealthCheckResponse down(Throwable failure) {
        // Why is for the log alone: anybody may ask for the health.
        LOG.warnf("the database does not answer: %s", failure);
        return HealthCheckResponse.down(NAME);
    }
}
