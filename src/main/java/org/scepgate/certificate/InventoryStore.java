package org.scepgate.certificate;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.scepgate.ca.RevocationReason;

/** Reads the inventory. */
@Singleton
class InventoryStore {
    private static final String COLUMNS = """
            select c.id, c.ca, c.serial, c.profile, c.device_id, c.subject, c.subject_alt_names, c.spki_sha256,
                   c.not_before, c.not_after, c.issued_at, c.revoked_at, c.revocation_reason, c.renewed_serial,
                   c.challenge_id
            from certificate c""";
    private static final String DER = "select c.der from certificate c";

    private final Pool database;

    InventoryStore(Pool database) {
        this.database = database;
    }

    /** Newest first. */
    Uni<List<CertificateView>> list(InventorySearch search, Instant now) {
        return read(search.statement(COLUMNS, now), row -> view(row, now));
    }

    /** The encoded certificates. */
    Uni<List<byte[]>> der(InventorySearch search, Instant now) {
        return read(search.statement(DER, now), row -> row.getBuffer("der").getBytes());
    }

    private <T> Uni<List<T>> read(InventorySearch.Statement statement, Function<Row, T> mapper) {
        return database.preparedQuery(statement.sql().toString())
                .execute(statement.values())
                .map(rows -> all(rows, mapper));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> mapper) {
        return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
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
