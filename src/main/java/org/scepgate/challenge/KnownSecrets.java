package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Tells whether a text that a device sent in clear is one of our challenges, and so must not be recorded. */
@Singleton
public class KnownSecrets {
    private static final String FIND = "select 1 from challenge where secret_mac = $1";

    private final Pool database;
    private final SecretMac mac;

    KnownSecrets(Pool database, SecretMac mac) {
        this.database = database;
        this.mac = mac;
    }

    public Uni<Boolean> isChallenge(String text) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(mac.of(text))))
                .map(RowSet::size)
                .map(found -> found > 0);
    }
}
