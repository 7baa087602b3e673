package org.scepgate.events;

import java.time.Instant;
import java.util.UUID;

/**
 * How far a source of events has been read; what a source does not count by is null.
 *
 * @param number of a transaction
 * @param id of the last row at that number or time
 */
record Progress(String source, Long number, Instant at, UUID id) {
    /** After every id. */
    static final UUID LAST_ID = new UUID(-1, -1);

    static Progress atTime(String source, Instant at, UUID id) {
        return new Progress(source, null, at, id);
    }
}
