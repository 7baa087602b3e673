package org.scepgate.platform;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How many lines of one kind go to the log: what ails every request alike comes in thousands, just when there is no time
 * to write of each. Those that are left out are counted.
 */
public final class LineBudget {
    private static final long NANOS = Duration.ofSeconds(10).toNanos();
    private static final int USUAL = 20;

    private final int most;
    private final LongSupplier nanoTime;
    private long begin;
    private int written;
    private long leftOut;

    /** Enough to see what ails. */
    public LineBudget() {
        this(USUAL);
    }

    /** @param most lines in ten seconds */
    LineBudget(int most) {
        this(most, System::nanoTime);
    }

    LineBudget(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /**
     * Writes a line, if one may be written now, and tells it what to add of those that were left out before.
     *
     * @return whether it was written
     */
    public boolean write(Consumer<String> line) {
        OptionalLong before = take();
        before.ifPresent(count -> line.accept(count == 0 ? "" : ", and " + count + " more since the last such line"));
        return before.isPresent();
    }

    /** How many were left out since the last line, if this one may be written; else it is left out too. */
    synchronized OptionalLong take() {
        long now = nanoTime.getAsLong();
        if (now - begin >= NANOS) {
            begin = now;
            written = 0;
        }
        if (written == most) {
            leftOut++;
            return OptionalLong.empty();
        }
        written++;
        long told = leftOut;
        leftOut = 0;
        return OptionalLong.of(told);
    }
}
