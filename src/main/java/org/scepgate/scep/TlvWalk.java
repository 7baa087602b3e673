package org.scepgate.scep;

import java.util.Arrays;

/**
 * Walks nested tag-length-value encodings with a loop and counts, so that Bouncy Castle, which recurses and allocates
 * by the lengths it reads, never meets an input that could exhaust the stack or the heap.
 */
final class TlvWalk {
    private static final int CONSTRUCTED = 0x20;
    private static final int TAG_CLASS = 0xC0;
    private static final int TAG_NUMBER = 0x1F;
    private static final int SEQUENCE = 0x10;
    private static final int SET = 0x11;

    private final byte[] encoded;
    private final EncodingRules rules;
    private final int[] ends;
    private final boolean[] indefinite;
    private int depth;
    private int elements;
    private int position;

    private TlvWalk(byte[] encoded, EncodingRules rules) {
        this.encoded = encoded;
        this.rules = rules;
        this.ends = new int[rules.maxDepth() + 1];
        this.indefinite = new boolean[rules.maxDepth() + 1];
        this.ends[0] = encoded.length;
    }

    /** Passes exactly one element that fills the array and keeps to the rules. */
    static void check(byte[] encoded, EncodingRules rules) throws UnreadableException {
        if (lengthOfFirst(encoded, rules) != encoded.length) {
            throw new UnreadableException("bytes follow the element");
        }
    }

    /** The element that the array begins with, which keeps to the rules, whatever follows it. */
    static byte[] first(byte[] encoded, EncodingRules rules) throws UnreadableException {
        return Arrays.copyOf(encoded, lengthOfFirst(encoded, rules));
    }

    private static int lengthOfFirst(byte[] encoded, EncodingRules rules) throws UnreadableException {
        TlvWalk walk = new TlvWalk(encoded, rules);
        do {
            walk.readElement();
            walk.leaveWhatHasEnded();
        } while (walk.depth > 0);
        return walk.position;
    }

    /** The first element inside a definite-length constructed element that has passed {@link #check}. */
    static byte[] firstInside(byte[] encoded) throws UnreadableException {
        TlvWalk walk = new TlvWalk(encoded, EncodingRules.DER);
        walk.readElement();
        int start = walk.position;
        int level = walk.depth;
        do {
            walk.readElement();
            walk.leaveWhatHasEnded();
        } while (walk.depth > level);
        return Arrays.copyOfRange(encoded, start, walk.position);
    }

    private void readElement() throws UnreadableException {
        if (++elements > rules.maxElements()) {
            throw new UnreadableException("too many elements");
        }
        int tag = next();
        if (tag == 0) {
            leaveIndefinite();
            return;
        }
        // X.509, CMS and PKCS#10 have no tag number above 30.
        if ((tag & TAG_NUMBER) == TAG_NUMBER) {
            throw new UnreadableException("tag number too high");
        }
        boolean constructed = (tag & CONSTRUCTED) != 0;
        if (constructed && rules.strict() && (tag & TAG_CLASS) == 0 && !isSequenceOrSet(tag)) {
            throw new UnreadableException("constructed string");
        }
        int length = readLength(constructed);
        if (constructed) {
            enter(length);
        } else {
            position += length;
        }
    }

    private static boolean isSequenceOrSet(int tag) {
        return (tag & TAG_NUMBER) == SEQUENCE || (tag & TAG_NUMBER) == SET;
    }

    // Returns -1 for the indefinite length.
    private int readLength(boolean constructed) throws UnreadableException {
        int first = next();
        if (first < 0x80) {
            return requireWithin(first);
        }
        if (first == 0x80) {
            if (!constructed || rules.strict()) {
                throw new UnreadableException("indefinite length");
            }
            return -1;
        }
        int count = first & 0x7F;
        if (count > 4) {
            throw new UnreadableException("length too long");
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | next();
        }
        if (rules.strict() && (length < 0x80 || length >> 8 * (count - 1) == 0)) {
            throw new UnreadableException("length not minimal");
        }
        return requireWithin(length);
    }

    private int requireWithin(long length) throws UnreadableException {
        if (length > ends[depth] - position) {
            throw new UnreadableException("longer than what it is in");
        }
        return (int) length;
    }

    private void enter(int length) throws UnreadableException {
        if (depth == rules.maxDepth()) {
            throw new UnreadableException("nested too deep");
        }
        int end = length < 0 ? ends[depth] : position + length;
        depth++;
        ends[depth] = end;
        indefinite[depth] = length < 0;
    }

    private void leaveIndefinite() throws UnreadableException {
        if (!indefinite[depth] || depth == 0 || next() != 0) {
            throw new UnreadableException("end of contents out of place");
        }
        depth--;
    }

    private void leaveWhatHasEnded() {
        while (depth > 0 && !indefinite[depth] && position == ends[depth]) {
            depth--;
        }
    }

    private int next() throws UnreadableException {
        if (position >= ends[depth]) {
            throw new UnreadableException("ends too early");
        }
        return encoded[position++] & 0xFF;
    }
}
