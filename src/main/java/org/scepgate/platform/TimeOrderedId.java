package org.scepgate.platform;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes UUIDs of version 7 (RFC 9562 section 5.7), which sort by the time they were made. */
public final class TimeOrderedId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    public static UUID at(Instant instant) {
        long nanosOfMilli = instant.getNano() % NANOS_PER_MILLI;
        // Method 3 of section 6.2: rand_a holds the fraction of the millisecond, for order within it.
        long fraction = (nanosOfMilli << 12) / NANOS_PER_MILLI;
        long high = (instant.toEpochMilli() << 16) | VERSION_7 | fraction;
        return new UUID(high, (RANDOM.nextLong() >>> 2) | VARIANT);
    }
}
