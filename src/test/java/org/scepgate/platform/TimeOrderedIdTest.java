package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");

    @Test
    void isAUuidOfVersionSevenWithItsTime() {
        UUID id = TimeOrderedId.at(NOW);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void sortsByTimeAlsoWithinAMillisecond() {
        List<String> ids = IntStream.range(0, 1000)
                .mapToObj(micros ->
                        TimeOrderedId.at(NOW.plusNanos(micros * 1000L)).toString())
                .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void differsForTheSameInstant() {
        assertThat(TimeOrderedId.at(NOW)).isNotEqualTo(TimeOrderedId.at(NOW));
    }
}
