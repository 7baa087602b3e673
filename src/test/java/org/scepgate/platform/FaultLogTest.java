package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private final FaultLog faults = new FaultLog(Clock.systemUTC());

    /** An outage of minutes would fill a disk with one line over and over. */
    @Test
    void givesAnIdOnlyToWhatItWrites() {
        List<Problem> outages = Stream.generate(() -> faults.databaseAway(new IOException("away")))
                .limit(1000)
                .toList();

        assertThat(outages).allMatch(problem -> problem.status() == 503);
        assertThat(outages).filteredOn(problem -> problem.instance() != null).hasSize(20);
        assertThat(outages.get(0).instance()).startsWith("urn:uuid:");
    }

    @Test
    void givesAnIdToEveryFaultOfOurOwn() {
        List<Problem> own = Stream.generate(() -> faults.internal(new IllegalStateException("ours")))
                .limit(30)
                .toList();

        assertThat(own).allMatch(problem -> problem.instance() != null);
    }
}
