package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.scepgate.ca.RevocationReason;

/** Reads the inventory. */
@Singleton
class InventoryStore {
    private final Pool database;

    InventoryStore(Pool database) {
        this.database = database;
    }

    Uni<FoundCertificates> list(InventorySearch search, Instant now) {
        return read(search.filter().statement(), search, now).map(rows -> found(rows, search.limit(), now));
    }

    /** The encoded certificates with the serial number that is asked for. */
    Uni<List<byte[]>> der(InventorySearch search, Instant now) {
        return read(InventoryStatement.DER_BY_SERIAL, search, now)
                .map(rows -> matching(rows)
                        .map(row -> row.getBuffer("der").getBytes())
                        .toList());
    }

    private Uni<RowSet<Row>> read(InventoryStatement statement, InventorySearch search, Instant now) {
        return database.preparedQuery(statement.sql()).execute(search.values(now));
    }

    private static FoundCertificates found(RowSet<Row> rows, int limit, Instant now) {
        List<Row> matching = matching(rows).toList();
        List<CertificateView> page =
                matching.stream().limit(limit).map(row -> view(row, now)).toList();
        return new FoundCertificates(
                page,
                matching.size() > limit
                        ? Optional.of(position(matching.get(limit - 1), "id", "key"))
                        : stream(rows)
                                .filter(row -> row.getUUID("cut_id") != null)
                                .findFirst()
                                .map(row -> position(row, "cut_id", "cut_key")));
    }

    /** There is always a row, to say whether the search was cut off. */
    private static Stream<Row> matching(RowSet<Row> rows) {
        return stream(rows).filter(row -> row.getLong("n") != null);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static InventoryPosition position(Row row, String idColumn, String keyColumn) {
        UUID id = row.getUUID(idColumn);
        Object key = row.getValue(keyColumn);
        if (key instanceof OffsetDateTime end) {
            return InventoryPosition.of(id, end.toInstant());
        }
        return key == null ? InventoryPosition.of(id) : InventoryPosition.of(id, (String) key);
    }

    private static CertificateView view(Row row, Instant now) {
        Optional<RevocationReason> reason =
                Optional.ofNullable(row.getShort("revocation_reason")).map(RevocationReason::ofCode);
        Instant notAfter = row.getOffsetDateTime("not_after").toInstant();
        return new CertificateView(
                row.getUUID("id"),
                hex(row, "serial"),
                row.getString("ca"),
                row.getString("profile"),
                row.getString("device_id"),
                row.getString("subject"),
                Optional.ofNullable(row.getString("subject_alt_names"))
                        .map(names -> List.of(names.split("\n")))
                        .orElse(List.of()),
                row.getString("spki_sha256"),
                row.getOffsetDateTime("not_before").toInstant(),
                notAfter,
                row.getOffsetDateTime("issued_at").toInstant(),
                state(reason, notAfter.isBefore(now)),
                reason.map(known -> row.getOffsetDateTime("revoked_at").toInstant())
                        .orElse(null),
                reason.map(RevocationReason::text).orElse(null),
                hex(row, "renewed_serial"),
                row.getUUID("challenge_id"));
    }

    private static CertificateState state(Optional<RevocationReason> reason, boolean over) {
        return reason.map(known -> known == RevocationReason.CERTIFICATE_HOLD
                        ? CertificateState.ON_HOLD
                        : CertificateState.REVOKED)
                .orElse(over ? CertificateState.EXPIRED : CertificateState.VALID);
    }

    private static String hex(Row row, String column) {
        return Optional.ofNullable(row.getBuffer(column))
                .map(bytes -> HexFormat.of().formatHex(bytes.getBytes()))
                .orElse(null);
    }
}
