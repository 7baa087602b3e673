package org.scepgate.seal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A row of the audit log as it is sealed.
 *
 * @param atMicros microseconds since 1970
 * @param texts actor, source address, action, object, outcome, reason, and the details as PostgreSQL writes its jsonb
 */
public record SealedRow(Position position, long atMicros, List<String> texts) {
    /** The columns, in the order of the fields. */
    public static final String COLUMNS = "written_in, id, (extract(epoch from at) * 1000000)::bigint as at_micros,"
            + " actor, source_address, action, object, outcome, reason, details::text as details";

    /** The columns of {@link #texts}. */
    public static final List<String> TEXTS =
            List.of("actor", "source_address", "action", "object", "outcome", "reason", "details");

    private static final String KIND = "scepgate audit row 1";

    /** SHA-256 of the canonical bytes. */
    public byte[] hash() {
        CanonicalBytes bytes = new CanonicalBytes(KIND)
                .add(position.writtenIn())
                .add(position.id().toString())
                .add(atMicros);
        texts.forEach(bytes::add);
        return CanonicalBytes.sha256(bytes.toBytes());
    }

    public Entry entry() {
        return new Entry(position.id(), hash());
    }

    public Instant at() {
        return Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS);
    }

    /** For people: what happened, to what. */
    @Override
    public String toString() {
        return position.id() + " (" + at() + ", " + texts.get(2) + " " + texts.get(3) + ")";
    }
}
