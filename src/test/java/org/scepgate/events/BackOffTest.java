package org.scepgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Test
    void doublesUpToItsEnd() {
        BackOff backOff = new BackOff(FIRST, LONGEST, () -> 0);

        assertThat(backOff.after(1)).isEqualTo(FIRST);
        assertThat(backOff.after(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backOff.after(7)).isEqualTo(Duration.ofSeconds(640));
        assertThat(backOff.after(9)).isEqualTo(LONGEST);
        assertThat(backOff.after(31)).isEqualTo(LONGEST);
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(LONGEST);
    }

    @Test
    void comesBySomeChanceSoonerButNotTooSoon() {
        assertThat(new BackOff(FIRST, LONGEST, () -> 1).after(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(new BackOff(FIRST, LONGEST, () -> 0.5).after(1)).isEqualTo(Duration.ofMillis(7_500));
    }

    @Test
    void waitsAsLongAsTheReceiverAsksFor() {
        BackOff backOff = new BackOff(FIRST, LONGEST, () -> 0);

        assertThat(backOff.after(1, Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(backOff.after(1, Duration.ofDays(9))).isEqualTo(LONGEST);
        assertThat(backOff.after(1, Duration.ZERO)).isEqualTo(FIRST);
    }
}
