package org.scepgate.platform;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What Quarkus has no setting for. Nobody waits for a free connection for ever, where a PostgreSQL that has stopped keeps them
 * all; nor do more wait than there is memory for, as the driver keeps each in its queue though its time is over. A connection
 * on which nothing moves is closed: the other side may have gone without a word, and TCP takes a quarter of an hour to say
 * so, or says nothing.
 */
@Singleton
class DatabaseLimits implements PgPoolCreator {
    /** Of requests that wait for a connection. */
    static final int MOST_WAITING = 1000;
    /** Longer than any statement takes (see {@code statement_timeout}), and than {@link ReplicaLock} is silent. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int ACQUISITION_SECONDS = 6;

    private final int silenceMillis;

    DatabaseLimits() {
        this(SILENCE);
    }

    DatabaseLimits(Duration silence) {
        this.silenceMillis = (int) silence.toMillis();
    }

    @Override
    public Pool create(Input input) {
        PoolOptions pool = input.poolOptions()
                .setMaxWaitQueueSize(MOST_WAITING)
                .setConnectionTimeout(ACQUISITION_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        if (pool.getIdleTimeout() == 0) {
            // Who is not needed goes in order before that.
            pool.setIdleTimeout(silenceMillis * 5 / 6).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        }
        input.pgConnectOptionsList()
                .forEach(database -> database.setIdleTimeout(silenceMillis).setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        return PgBuilder.pool()
                .using(input.vertx())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .with(pool)
                .build();
    }
}
