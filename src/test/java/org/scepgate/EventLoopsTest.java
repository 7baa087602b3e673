package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoopsTest {
    private static final long MEBIBYTE = 1024 * 1024;

    @AfterEach
    void forget() {
        System.clearProperty(EventLoops.NUMBER);
    }

    @ParameterizedTest
    @CsvSource({"1, 128, 1", "2, 128, 1", "3, 128, 1", "4, 128, 2", "16, 128, 8", "64, 128, 12", "64, 4, 1"})
    void areHalfAsManyAsCoresAndOneForTenMebibytesAtMost(int cores, int mebibytes, String loops) {
        EventLoops.complete(config(Map.of()), cores, mebibytes * MEBIBYTE);

        assertThat(System.getProperty(EventLoops.NUMBER)).isEqualTo(loops);
    }

    @Test
    void areAsManyAsWereChosen() {
        EventLoops.complete(config(Map.of(EventLoops.NUMBER, "5")), 2, 128 * MEBIBYTE);

        assertThat(System.getProperty(EventLoops.NUMBER)).isNull();
    }

    /** Handshakes are their work. */
    @Test
    void areAsManyAsQuarkusMakesWhereTheServerEndsTls() {
        EventLoops.complete(config(Map.of(EventLoops.TLS, "https")), 2, 128 * MEBIBYTE);

        assertThat(System.getProperty(EventLoops.NUMBER)).isNull();
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
