package org.scepgate.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A row in a seal: its id and the hash of its bytes. */
public record Entry(UUID id, byte[] hash) {
    /** In bytes: 16 of the id, 32 of the hash. */
    private static final int SIZE = 48;

    private static final int HASH_SIZE = 32;

    public static byte[] encode(List<Entry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE * entries.size());
        entries.forEach(entry -> bytes.putLong(entry.id.getMostSignificantBits())
                .putLong(entry.id.getLeastSignificantBits())
                .put(entry.hash));
        return bytes.array();
    }

    /** Whatever does not fill an entry is left out; the root hash tells that something is wrong. */
    public static List<Entry> decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        List<Entry> entries = new ArrayList<>();
        while (bytes.remaining() >= SIZE) {
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            byte[] hash = new byte[HASH_SIZE];
            bytes.get(hash);
            entries.add(new Entry(id, hash));
        }
        return entries;
    }

    /** The root hash of a seal: SHA-256 of all its entries. */
    public static byte[] root(byte[] encoded) {
        return CanonicalBytes.sha256(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && id.equals(entry.id) && Arrays.equals(hash, entry.hash);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
