package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private long now = Long.MAX_VALUE - 5;
    private final LineBudget lines = new LineBudget(2, () -> now);

    @Test
    void allowsSoManyInTenSecondsAndCountsTheOthers() {
        assertThat(lines.take()).hasValue(0);
        assertThat(lines.take()).hasValue(0);
        assertThat(lines.take()).isEmpty();

        now += 9_999_999_999L;
        assertThat(lines.take()).isEmpty();

        now += 1;
        assertThat(lines.take()).hasValue(2);
        assertThat(lines.take()).hasValue(0);
        assertThat(lines.take()).isEmpty();
    }
}
