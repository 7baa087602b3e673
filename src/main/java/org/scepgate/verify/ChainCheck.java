package org.scepgate.verify;

import java.sql.SQLException;
import java.time.Instant;
import org.scepgate.seal.Seal;

/** Walks along the chain of seals. */
final class ChainCheck {
    private final SealKeys keys;
    private final KnownAnchors anchors;
    private final Instant keptSince;
    private final Report report;
    private long seals;
    private long removed;
    private boolean rowsSeen;

    /** @param keptSince rows from then on cannot have been removed by retention */
    ChainCheck(SealKeys keys, KnownAnchors anchors, Instant keptSince, Report report) {
        this.keys = keys;
        this.anchors = anchors;
        this.keptSince = keptSince;
        this.report = report;
    }

    void check(AuditDatabase database) throws SQLException, CannotVerifyException {
        try (Cursor<StoredSeal> chain = database.seals();
                var cursor = database.rows()) {
            SealedRows rows = new SealedRows(cursor, report);
            StoredSeal before = null;
            while (chain.peek() != null) {
                StoredSeal stored = chain.take();
                checkLink(before, stored);
                checkRows(stored, rows);
                before = stored;
                seals++;
            }
            rows.finish();
            anchors.finish();
            report.say(seals + " seals and " + rows.checked() + " rows were checked.");
            if (removed > 0) {
                report.say("The rows of " + removed + " seals were removed by retention.");
            }
        }
    }

    private void checkLink(StoredSeal before, StoredSeal stored) throws CannotVerifyException {
        Seal seal = stored.seal();
        long expected = before == null ? 1 : before.number() + 1;
        byte[] hashBefore = before == null ? Seal.beforeAll() : before.seal().hash();
        if (seal.number() != expected) {
            report.problem("seals " + expected + " to " + (seal.number() - 1) + " were removed");
        } else if (!seal.follows(hashBefore)) {
            report.problem(stored + " does not follow the one before it: one of the two was changed");
        }
        String problem = keys.problemOf(seal);
        if (problem != null) {
            report.problem(stored + " " + problem);
        }
        anchors.check(seal);
    }

    private void checkRows(StoredSeal stored, SealedRows rows) throws SQLException {
        rows.checkGapBefore(stored);
        if (stored.removedAt() == null) {
            rowsSeen = true;
            rows.check(stored);
            return;
        }
        removed++;
        Instant newest = stored.seal().batch().newest();
        if (rowsSeen) {
            report.problem("the rows of " + stored + " were removed, while older ones are still there");
        } else if (!newest.isBefore(keptSince)) {
            report.problem("the rows of " + stored + " were removed before their time, the newest is of " + newest);
        }
        rows.checkRemoved(stored);
    }
}
