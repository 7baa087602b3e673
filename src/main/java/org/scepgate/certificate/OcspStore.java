package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;
import org.scepgate.ca.CaId;
import org.scepgate.ca.OcspSigner.Revocation;
import org.scepgate.ca.RevocationReason;
import org.scepgate.platform.AnsweredInTime;

/** Reads the status of certificates. */
@Singleton
class OcspStore {
    private static final String FIND = """
            select serial, revoked_at, revocation_reason from certificate
            where ca = $1 and coalesce(ca_key_sha256, $2) = $2 and serial = any ($3)
            """;

    private final Pool database;

    OcspStore(Pool database) {
        this.database = database;
    }

    /** Those of a key that exist, each with its revocation if there is one. */
    @AnsweredInTime
    Uni<Map<BigInteger, Optional<Revocation>>> find(CaId id, Collection<BigInteger> serials) {
        Buffer[] keys = serials.stream()
                .filter(OcspRequest::isPossible)
                .map(BigIntegers::asUnsignedByteArray)
                .map(Buffer::buffer)
                .toArray(Buffer[]::new);
        return database.preparedQuery(FIND)
                .execute(Tuple.of(id.name(), id.keySha256(), keys))
                .map(OcspStore::statuses);
    }

    private static Map<BigInteger, Optional<Revocation>> statuses(RowSet<Row> rows) {
        Map<BigInteger, Optional<Revocation>> statuses = new HashMap<>();
        rows.forEach(
                row -> statuses.put(new BigInteger(1, row.getBuffer("serial").getBytes()), revocation(row)));
        return statuses;
    }

    private static Optional<Revocation> revocation(Row row) {
        return Optional.ofNullable(row.getOffsetDateTime("revoked_at"))
                .map(at -> new Revocation(at.toInstant(), RevocationReason.ofCode(row.getShort("revocation_reason"))));
    }
}
