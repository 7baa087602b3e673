package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UncaughtLogTest {
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** As long as the driver does so: once it does not, this class and what it tests can go. */
    @Test
    void knowsTheTimerOfAConnectionThatCouldNotBeHad() throws Exception {
        CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
        vertx.exceptionHandler(uncaught::complete);

        Pool pool = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(portOfNobody())
                        .setDatabase("none")
                        .setUser("nobody"))
                .with(new PoolOptions().setConnectionTimeout(1))
                .using(vertx)
                .build();
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        pool.query("select 1").execute().onFailure(told::complete);

        assertThat(DatabaseOutage.isBehind(told.get(10, TimeUnit.SECONDS))).isTrue();
        assertThat(UncaughtLog.isStaleTimer(uncaught.get(10, TimeUnit.SECONDS))).isTrue();
    }

    @Test
    void takesNothingElseForIt() {
        assertThat(UncaughtLog.isStaleTimer(new IllegalStateException("Result is already complete")))
                .isFalse();
    }

    private static int portOfNobody() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }
}
