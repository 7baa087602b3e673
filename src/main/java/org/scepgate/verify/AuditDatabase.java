package org.scepgate.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.seal.Position;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealedBatch;
import org.scepgate.seal.SealedRow;

/** The audit log and its seals as they stood at one moment. */
final class AuditDatabase {
    private static final String SEALS =
            "select number, rows, first_written_in, first_id, last_written_in, last_id, newest,"
                    + " entries, root_hash, previous_hash, keyed, hash, sealed_at, removed_at from audit_seal order by number";
    private static final String ROWS = "select " + SealedRow.COLUMNS + " from audit_event order by written_in, id";

    private final Connection connection;

    AuditDatabase(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        // One snapshot for both: servers may be sealing meanwhile.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    Cursor<StoredSeal> seals() throws SQLException {
        return new Cursor<>(connection, SEALS, AuditDatabase::seal);
    }

    Cursor<SealedRow> rows() throws SQLException {
        return new Cursor<>(connection, ROWS, AuditDatabase::row);
    }

    static SealedRow row(ResultSet row) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (String column : SealedRow.TEXTS) {
            texts.add(row.getString(column));
        }
        return new SealedRow(position(row, "written_in", "id"), row.getLong("at_micros"), texts);
    }

    private static StoredSeal seal(ResultSet row) throws SQLException {
        SealedBatch batch = new SealedBatch(
                row.getInt("rows"),
                position(row, "first_written_in", "first_id"),
                position(row, "last_written_in", "last_id"),
                micros(row, "newest"),
                row.getBytes("root_hash"));
        Seal seal = new Seal(
                row.getLong("number"),
                batch,
                row.getBytes("previous_hash"),
                row.getBoolean("keyed"),
                micros(row, "sealed_at"),
                row.getBytes("hash"));
        Instant removedAt = Optional.ofNullable(row.getObject("removed_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
        return new StoredSeal(seal, row.getBytes("entries"), removedAt);
    }

    private static Position position(ResultSet row, String transaction, String id) throws SQLException {
        return new Position(row.getLong(transaction), row.getObject(id, UUID.class));
    }

    private static long micros(ResultSet row, String column) throws SQLException {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
