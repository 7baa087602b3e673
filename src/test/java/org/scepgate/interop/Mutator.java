package org.scepgate.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes at random, and always the same for one seed: flips, cuts, copies, insertions and wrong lengths. */
final class Mutator {
    private static final int[] TELLING = {0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0x30, 0x31, 0xa0, 0x24, 0x04};
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_PIECE = 64;

    private final Random random;
    private final List<byte[]> models;

    Mutator(long seed, List<byte[]> models) {
        this.random = new Random(seed);
        this.models = models;
    }

    /** One of the models, with one to four changes. */
    byte[] next() {
        byte[] message = models.get(random.nextInt(models.size())).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && message.length > 1; i++) {
            message = change(message);
        }
        return message;
    }

    private byte[] change(byte[] message) {
        int at = random.nextInt(message.length);
        int length = 1 + random.nextInt(Math.min(LONGEST_PIECE, message.length - at));
        return switch (random.nextInt(7)) {
            case 0 -> with(message, at, message[at] ^ 1 << random.nextInt(8));
            case 1 -> with(message, at, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> with(message, at, message[at] + (random.nextBoolean() ? 1 : -1));
            case 3 -> Arrays.copyOf(message, at);
            case 4 -> replaced(message, at, at + length, new byte[0]);
            case 5 -> replaced(message, at, at, piece(length));
            default -> replaced(message, at, at, Arrays.copyOfRange(message, at, at + length));
        };
    }

    private static byte[] with(byte[] message, int at, int value) {
        message[at] = (byte) value;
        return message;
    }

    /** Of any model. */
    private byte[] piece(int length) {
        byte[] other = models.get(random.nextInt(models.size()));
        int from = random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
    }

    private static byte[] replaced(byte[] message, int from, int to, byte[] by) {
        byte[] result = new byte[from + by.length + message.length - to];
        System.arraycopy(message, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(message, to, result, from + by.length, message.length - to);
        return result;
    }
}
