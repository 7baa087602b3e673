package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.RequestConfig;

class FailurePaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration STEP = Duration.ofMillis(50);

    private final FailurePace pace = new FailurePace(new Limits(STEP));

    @AfterEach
    void stops() {
        pace.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 50000000", "1, 49999999", "49999999, 1", "50000000, 50000000", "73000000, 27000000"})
    void waitsForTheEndOfTheStepThatHasBegun(long elapsed, long left) {
        assertThat(pace.nanosLeft(elapsed)).isEqualTo(left);
    }

    @Test
    void refusesAStepThatIsAsLongAsTheWholeRequest() {
        assertThatThrownBy(() -> new FailurePace(new Limits(PATIENCE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("scepgate.request.failure-step")
                .hasMessageContaining("less than scepgate.request.timeout");
    }

    @Test
    void letsNothingOutBeforeTheEndOfAStep() {
        long arrived = System.nanoTime();
        Sender sender = new Sender("192.0.2.1", Optional.empty(), arrived);

        String answer =
                pace.hold(sender, Uni.createFrom().item("failure")).await().atMost(PATIENCE);

        assertThat(answer).isEqualTo("failure");
        assertThat(System.nanoTime() - arrived).isGreaterThanOrEqualTo(STEP.toNanos());
    }

    @Test
    void holdsAFaultLikewise() {
        long arrived = System.nanoTime();
        Sender sender = new Sender("192.0.2.1", Optional.empty(), arrived);
        Uni<String> fault = Uni.createFrom().failure(new IllegalStateException("away"));

        assertThatThrownBy(() -> pace.hold(sender, fault).await().atMost(PATIENCE))
                .hasMessage("away");
        assertThat(System.nanoTime() - arrived).isGreaterThanOrEqualTo(STEP.toNanos());
    }

    private record Limits(Duration failureStep) implements RequestConfig {
        @Override
        public Duration timeout() {
            return PATIENCE;
        }

        @Override
        public Duration arrival() {
            return PATIENCE;
        }
    }
}
