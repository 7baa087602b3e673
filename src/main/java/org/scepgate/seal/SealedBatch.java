package org.scepgate.seal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Rows that a seal is about.
 *
 * @param newestMicros the latest time in it, in microseconds since 1970
 * @param root SHA-256 of its entries
 */
public record SealedBatch(int rows, Position first, Position last, long newestMicros, byte[] root) {

    /** @param rows at least one, in their order */
    public static SealedBatch of(List<SealedRow> rows, byte[] entries) {
        return new SealedBatch(
                rows.size(),
                rows.get(0).position(),
                rows.get(rows.size() - 1).position(),
                rows.stream().mapToLong(SealedRow::atMicros).max().orElseThrow(),
                Entry.root(entries));
    }

    public Instant newest() {
        return Instant.EPOCH.plus(newestMicros, ChronoUnit.MICROS);
    }
}
