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
    @AfterEach
    void forget() {
        System.clearProperty(EventLoops.NUMBER);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "16, 8"})
    void areHalfAsManyAsCores(int cores, String loops) {
        EventLoops.complete(config(Map.of()), cores);

        assertThat(System.getProperty(EventLoops.NUMBER)).isEqualTo(loops);
    }

    @Test
    void areAsManyAsWereChosen() {
        EventLoops.complete(config(Map.of(EventLoops.NUMBER, "5")), 2);

        assertThat(System.getProperty(EventLoops.NUMBER)).isNull();
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
