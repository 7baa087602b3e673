package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargeBodiesTest {
    private static final long EIGHTH = Runtime.getRuntime().maxMemory() / 8;

    private final LargeBodies room = new LargeBodies();

    @Test
    void hasRoomForAnEighthOfTheHeap() {
        assertThat(room.take(EIGHTH)).isTrue();
        assertThat(room.take(1)).isFalse();

        room.giveBack(EIGHTH);

        assertThat(room.take(EIGHTH + 1)).isFalse();
        assertThat(room.take(EIGHTH)).as("what found no room holds none").isTrue();
    }

    @Test
    void leavesOutWhatDevicesSend() {
        assertThat(LargeBodies.isLarge(32 * 1024)).isFalse();
        assertThat(LargeBodies.isLarge(32 * 1024 + 1)).isTrue();
    }
}
