package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Lets one of all servers on a database do something (PostgreSQL's advisory locks). */
@Singleton
public class ReplicaLock {
    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0)) as mine";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtextextended($1, 0))";

    private final Pool database;

    ReplicaLock(Pool database) {
        this.database = database;
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

    private static Uni<Void> runAndUnlock(
            SqlConnection connection, String name, Function<SqlConnection, Uni<Void>> work) {
        return Uni.createFrom()
                .<Void>deferred(() -> work.apply(connection))
                .eventually(() -> connection.preparedQuery(UNLOCK).execute(Tuple.of(name)));
    }
}
