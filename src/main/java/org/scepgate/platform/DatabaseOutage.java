package org.scepgate.platform;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Tells "the database is away" from a mistake of ours. */
public final class DatabaseOutage {
    // SQLSTATE classes and codes of PostgreSQL's appendix A: connection exceptions; a password that was changed, a
    // database that has another name; a full disk, no memory, too many connections; a disk that fails, shutdown,
    // start-up or crash recovery, a standby that was not promoted yet, and the time limits of statement and
    // transaction; then what lost to another transaction, a migration for example: a deadlock, a conflict, a lock that
    // was not to be had.
    private static final Set<String> CLASSES = Set.of("08", "28", "3D", "53");
    private static final Set<String> OUTAGES =
            Set.of("58030", "57P01", "57P02", "57P03", "25006", "25P03", "57014", "40P01", "40001", "55P03");
    private static final Set<String> POOL_TIMEOUTS = Set.of("Timeout", "Timeout waiting for connection");
    private static final String CLOSED_IN_A_TRANSACTION = "Connection is not active now";
    private static final int DEEPEST_CAUSE = 16;

    private DatabaseOutage() {}

    public static boolean isBehind(Throwable failure) {
        return kindBehind(failure).isPresent();
    }

    /** What PostgreSQL or the driver calls it, without their texts, which name files and addresses. */
    static Optional<String> kindBehind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (isOutage(cause)) {
                return Optional.of(cause.getClass().getName() + " " + stateOf(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** The SQLSTATE, or "null". */
    private static String stateOf(Throwable cause) {
        if (cause instanceof PgException postgres) {
            return String.valueOf(postgres.getSqlState());
        }
        // Hibernate Reactive makes one of JDBC's of what the driver says, and drops the driver's.
        return String.valueOf(cause instanceof SQLException converted ? converted.getSQLState() : null);
    }

    private static boolean isOutage(Throwable cause) {
        if (cause instanceof PgException || cause instanceof SQLException) {
            String state = stateOf(cause);
            return CLASSES.stream().anyMatch(state::startsWith) || OUTAGES.contains(state);
        }
        // The driver has no type of its own for a socket that closed under it, nor for a pool that timed out.
        return cause instanceof ClosedConnectionException
                || cause instanceof ConnectionPoolTooBusyException
                || cause instanceof SSLException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof ClosedChannelException
                || POOL_TIMEOUTS.contains(String.valueOf(cause.getMessage()))
                || String.valueOf(cause.getMessage()).startsWith(CLOSED_IN_A_TRANSACTION);
    }
}
