package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Lets one of all servers on a database do something (PostgreSQL's advisory locks). */
@Singleton
public class ReplicaLock {
    private static final Logger LOG = Logger.getLogger("org.scepgate.schedule");
    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0)) as mine";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtextextended($1, 0))";
    /** Or its connection is closed for its silence while the work asks others, and the lock is another's. */
    private static final long BEAT_MILLIS = Duration.ofSeconds(15).toMillis();

    private final Pool database;
    private final Vertx vertx;

    ReplicaLock(Pool database, Vertx vertx) {
        this.database = database;
        this.vertx = vertx;
    }

    /**
     * Does the work, or nothing if another server is at it. The lock is the connection's: it ends with it, and no
     * transaction is open meanwhile.
     */
    public Uni<Void> tryToRun(String name, Function<SqlConnection, Uni<Void>> work) {
        return database.withConnection(connection -> connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(name))
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? runAndUnlock(connection, name, work)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> runAndUnlock(SqlConnection connection, String name, Function<SqlConnection, Uni<Void>> work) {
        long beats = vertx.setPeriodic(
                BEAT_MILLIS,
                beat -> connection
                        .query("select 1")
                        .execute()
                        .subscribe()
                        .with(alive -> {}, lost -> LOG.warnf("the lock for %s may be lost: %s", name, lost)));
        return Uni.createFrom()
                .<Void>deferred(() -> work.apply(connection))
                .eventually(() -> vertx.cancelTimer(beats))
                .eventually(() -> connection.preparedQuery(UNLOCK).execute(Tuple.of(name)));
    }
}
