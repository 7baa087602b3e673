package org.scepgate.seal;

import java.util.UUID;

/**
 * Where a row stands in the order of the chain.
 *
 * @param writtenIn the number of its transaction
 */
public record Position(long writtenIn, UUID id) implements Comparable<Position> {
    /** Before every row. */
    public static final Position START = new Position(-1, new UUID(0, 0));

    @Override
    public int compareTo(Position other) {
        int byTransaction = Long.compare(writtenIn, other.writtenIn);
        return byTransaction != 0 ? byTransaction : compare(id, other.id);
    }

    /** As PostgreSQL: Java's own order takes the halves as signed. */
    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
