package org.scepgate.seal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A link of the chain: a batch of rows, the seal before, and the hash over both.
 *
 * @param number from 1, without gaps
 * @param previous the hash of the seal before; zeros for the first
 * @param keyed whether the hash needs a key
 * @param sealedAtMicros microseconds since 1970
 */
public record Seal(long number, SealedBatch batch, byte[] previous, boolean keyed, long sealedAtMicros, byte[] hash) {
    private static final String KIND = "scepgate audit seal 1";
    private static final int HASH_SIZE = 32;

    /** The hash before the first seal. */
    public static byte[] beforeAll() {
        return new byte[HASH_SIZE];
    }

    /** Makes the seal that follows. */
    public static Seal next(long number, byte[] previous, SealedBatch batch, Instant now, SealKey key) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        Seal open = new Seal(number, batch, previous, key.isKeyed(), micros, new byte[0]);
        return new Seal(number, batch, previous, key.isKeyed(), micros, key.hash(open.bytes()));
    }

    public boolean isMadeWith(SealKey key) {
        return key.isKeyed() == keyed && Arrays.equals(hash, key.hash(bytes()));
    }

    public boolean follows(byte[] hashBefore) {
        return Arrays.equals(previous, hashBefore);
    }

    public Instant sealedAt() {
        return Instant.EPOCH.plus(sealedAtMicros, ChronoUnit.MICROS);
    }

    private byte[] bytes() {
        HexFormat hex = HexFormat.of();
        return new CanonicalBytes(KIND)
                .add(keyed ? "HMAC-SHA-256" : "SHA-256")
                .add(number)
                .add(batch.rows())
                .add(batch.first().writtenIn())
                .add(batch.first().id().toString())
                .add(batch.last().writtenIn())
                .add(batch.last().id().toString())
                .add(batch.newestMicros())
                .add(hex.formatHex(batch.root()))
                .add(hex.formatHex(previous))
                .add(sealedAtMicros)
                .toBytes();
    }
}
