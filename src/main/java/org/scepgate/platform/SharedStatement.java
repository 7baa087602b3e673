package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A statement to which several features contribute, so that one round trip is one transaction. Where a part has a value,
 * it writes a question mark with its type and adds the value in the same order.
 */
public final class SharedStatement {
    private final String sql;

    /** @param parts SQL, in the order in which values are added later */
    public SharedStatement(String parts) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (String text : parts.split("\\?", -1)) {
            numbered.append(number == 0 ? "" : "$" + number).append(text);
            number++;
        }
        this.sql = numbered.toString();
    }

    public Uni<RowSet<Row>> execute(Pool database, Values values) {
        return database.preparedQuery(sql).execute(values.tuple);
    }

    /** The values of one execution; any may be null. */
    public static final class Values {
        private final Tuple tuple = Tuple.tuple();

        public Values add(Object value) {
            tuple.addValue(value);
            return this;
        }

        public Values add(Instant time) {
            return add((Object) (time == null ? null : time.atOffset(ZoneOffset.UTC)));
        }

        public Values add(byte[] bytes) {
            return add((Object) (bytes == null ? null : Buffer.buffer(bytes)));
        }
    }
}
