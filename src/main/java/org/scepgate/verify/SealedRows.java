package org.scepgate.verify;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.scepgate.seal.Entry;
import org.scepgate.seal.Position;
import org.scepgate.seal.SealedRow;

/** Compares the rows with what the seals say of them, from the oldest to the newest. */
final class SealedRows {
    private final Cursor<SealedRow> rows;
    private final Report report;
    private long checked;

    SealedRows(Cursor<SealedRow> rows, Report report) {
        this.rows = rows;
        this.report = report;
    }

    long checked() {
        return checked;
    }

    /** Rows that stand in front of a seal, after the one before. */
    void checkGapBefore(StoredSeal stored) throws SQLException {
        Position first = stored.seal().batch().first();
        while (rows.peek() != null && rows.peek().position().compareTo(first) < 0) {
            report.problem("row " + rows.take() + " before " + stored
                    + " belongs to no seal: it was inserted, or its seal was removed");
        }
    }

    void checkRemoved(StoredSeal stored) throws SQLException {
        while (isIn(stored)) {
            report.problem("row " + rows.take() + " stands among rows that retention removed: it was inserted");
        }
    }

    void check(StoredSeal stored) throws SQLException {
        Map<UUID, byte[]> expected = expected(stored);
        while (isIn(stored)) {
            SealedRow row = rows.take();
            byte[] hash = expected.remove(row.position().id());
            checked++;
            if (hash == null) {
                report.problem("row " + row + " was inserted after " + stored + " was made");
            } else if (!Arrays.equals(hash, row.hash())) {
                report.problem("row " + row + " was changed after " + stored + " was made");
            }
        }
        expected.keySet()
                .forEach(id -> report.problem("row " + id + " (" + timeIn(id) + ") of " + stored + " was removed"));
    }

    private Map<UUID, byte[]> expected(StoredSeal stored) {
        byte[] entries = stored.entries() == null ? new byte[0] : stored.entries();
        if (!Arrays.equals(Entry.root(entries), stored.seal().batch().root())) {
            report.problem(stored + " was changed: its list of rows is not the one it was made over");
        }
        Map<UUID, byte[]> expected = new LinkedHashMap<>();
        Entry.decode(entries).forEach(entry -> expected.put(entry.id(), entry.hash()));
        return expected;
    }

    private boolean isIn(StoredSeal stored) {
        return rows.peek() != null
                && rows.peek().position().compareTo(stored.seal().batch().last()) <= 0;
    }

    /** Rows of the last seconds, or of transactions that take long. */
    void finish() throws SQLException {
        SealedRow first = rows.peek();
        long unsealed = 0;
        while (rows.peek() != null) {
            rows.take();
            unsealed++;
        }
        if (unsealed > 0) {
            report.say(unsealed + " rows have no seal yet, the first is " + first
                    + ". A server seals them in seconds: if it is older, ask why.");
        }
    }

    /** An id of version 7 begins with the time of its row. */
    private static Instant timeIn(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
