package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Counts what a fuzz test has tried, and lets no input take a second of the processor. */
public final class FuzzRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long MOST = Duration.ofSeconds(1).toNanos();

    private final String target;
    private long inputs;
    private long accepted;
    private long slowest;

    public FuzzRun(String target) {
        this.target = target;
    }

    /** One input; true if it was read, false if it was refused as it should be. */
    public interface Attempt {
        boolean read() throws Exception;
    }

    /** Whatever the attempt throws is a finding. */
    public void attempt(Attempt attempt) throws Exception {
        long begin = THREADS.getCurrentThreadCpuTime();
        boolean read = attempt.read();
        long spent = THREADS.getCurrentThreadCpuTime() - begin;
        // The first loads classes and makes keys.
        assertThat(spent).as("nanoseconds for input %d", inputs).isLessThan(inputs == 0 ? 10 * MOST : MOST);
        slowest = inputs == 0 ? 0 : Math.max(slowest, spent);
        inputs++;
        accepted += read ? 1 : 0;
    }

    public void report() {
        Soak.report(
                "R7 %s: %d inputs, %d of them read, none failed, the slowest took %d ms",
                target, inputs, accepted, Duration.ofNanos(slowest).toMillis());
    }
}
