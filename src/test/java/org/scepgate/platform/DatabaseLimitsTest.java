package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.TcpProxy;
import org.scepgate.testing.TestPostgres;

/** A pool of one connection, through a network that may go silent. */
class DatabaseLimitsTest {
    private static TestPostgres postgres;
    private static TestPostgres.Database database;

    private final DatabaseLimits limits = new DatabaseLimits(Duration.ofSeconds(2));
    private Vertx vertx;
    private TcpProxy network;
    private Pool pool;

    @BeforeAll
    static void startPostgres() {
        postgres = TestPostgres.start();
        database = postgres.create("limits");
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        network = TcpProxy.to(database.port());
        pool = limits.create(new OneConnection(vertx, network.port()));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        network.close();
    }

    @Test
    void givesUpAConnectionOnWhichNothingMoves() {
        answer(ask());

        network.swallow();
        assertThat(outcome(ask())).matches(DatabaseOutage::isBehind);
        // One more may meet the connection before the pool has heard of its end.
        await().ignoreExceptions().untilAsserted(() -> answer(ask()));
    }

    @Test
    void letsNoMoreWaitThanThereIsMemoryFor() {
        answer(ask());

        network.swallow();
        List<Future<?>> waiting = Stream.<Future<?>>generate(this::ask)
                .limit(DatabaseLimits.MOST_WAITING + 100)
                .toList();
        List<Throwable> turnedAway = waiting.stream()
                .map(DatabaseLimitsTest::outcome)
                .filter(ConnectionPoolTooBusyException.class::isInstance)
                .toList();

        // One has the connection, the others wait for it.
        assertThat(turnedAway).hasSize(99).allMatch(DatabaseOutage::isBehind);
    }

    /** What it failed with; null if it was answered. */
    private static Throwable outcome(Future<?> asked) {
        Throwable thrown = catchThrowable(() -> answer(asked));
        return thrown == null ? null : thrown.getCause();
    }

    private Future<?> ask() {
        return pool.query("select 1").execute();
    }

    private static void answer(Future<?> asked) {
        asked.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private record OneConnection(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {

        private OneConnection(Vertx vertx, int port) {
            this(
                    vertx,
                    new PoolOptions().setMaxSize(1),
                    List.of(new PgConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setDatabase(database.name())
                            .setUser(database.settings().get("quarkus.datasource.username"))
                            .setPassword(database.settings().get("quarkus.datasource.password"))));
        }
    }
}
