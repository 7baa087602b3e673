package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.RequestConfig;
import org.scepgate.scep.MalformedMessageException;
import org.scepgate.scep.RequestDescription;

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
    void letsNoFailureOutBeforeTheEndOfAStep() {
        Sender sender = sender();
        Reply failure = Reply.failure(new byte[1]);

        assertThat(held(sender, Uni.createFrom().item(failure))).isSameAs(failure);

        assertThat(System.nanoTime() - sender.arrivedNanos()).isGreaterThanOrEqualTo(STEP.toNanos());
    }

    @Test
    void holdsARefusalByHttpAndAFaultLikewise() {
        Sender sender = sender();
        Uni<Reply> refusal = Uni.createFrom().failure(new IllegalStateException("away"));

        assertThatThrownBy(() -> held(sender, refusal)).hasMessage("away");

        assertThat(System.nanoTime() - sender.arrivedNanos()).isGreaterThanOrEqualTo(STEP.toNanos());
    }

    @Test
    void holdsNothingElse() {
        // Nothing can be held any more.
        pace.close();
        Reply granted = Reply.granted(new byte[1]);

        assertThat(held(sender(), Uni.createFrom().item(granted))).isSameAs(granted);
        assertThatThrownBy(() -> held(sender(), Uni.createFrom().failure(CryptoPool.FULL)))
                .isSameAs(CryptoPool.FULL);
        Throwable malformed = catchThrowable(() -> RequestDescription.of(new byte[0]));
        assertThat(malformed).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> held(sender(), Uni.createFrom().failure(malformed)))
                .hasCause(malformed);
    }

    private Reply held(Sender sender, Uni<Reply> answer) {
        return pace.hold(sender, answer).await().atMost(PATIENCE);
    }

    private static Sender sender() {
        return new Sender("192.0.2.1", Optional.empty(), System.nanoTime());
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
