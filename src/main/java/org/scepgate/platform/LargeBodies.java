package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what large bodies of requests hold of the heap together, an eighth of it: strangers may send 256 KiB over each of as
 * many connections as they like. Smaller ones, as those of honest devices are, find room all the same.
 */
@Singleton
class LargeBodies {
    /** No pkiMessage of a device is known to be larger than a third of this. */
    private static final long LARGE = 32 * 1024;

    private static final int SHARE = 8;

    private final long most = Runtime.getRuntime().maxMemory() / SHARE;
    private final AtomicLong held = new AtomicLong();
    private final ShedLog shed = new ShedLog("large bodies took an eighth of the heap");

    static boolean isLarge(long length) {
        return length > LARGE;
    }

    /** Whether there is room for a large body of so many bytes; it must be given back then. */
    boolean take(long length) {
        if (held.addAndGet(length) <= most) {
            return true;
        }
        held.addAndGet(-length);
        shed.add();
        return false;
    }

    void giveBack(long length) {
        held.addAndGet(-length);
    }
}
