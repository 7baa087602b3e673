package org.scepgate.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Hand clock = new Hand();
    private final Breaker breaker = new Breaker(clock);

    @Test
    void letsAllThroughUntilSomeInARowWereNotAnswered() {
        IntStream.range(1, Breaker.FAILURES)
                .forEach(i -> assertThat(breaker.unanswered()).isFalse());
        assertThat(breaker.lets()).isTrue();

        assertThat(breaker.unanswered()).isTrue();

        assertThat(breaker.lets()).isFalse();
        assertThat(breaker.unanswered()).as("the pause has begun before").isFalse();
    }

    @Test
    void triesOneAfterEachPause() {
        IntStream.range(0, Breaker.FAILURES).forEach(i -> breaker.unanswered());

        clock.move(Breaker.PAUSE);

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();
        clock.move(Breaker.PAUSE);
        assertThat(breaker.lets()).as("nobody knows what became of the first").isTrue();
    }

    @Test
    void forgetsOnceItIsAnswered() {
        IntStream.range(0, Breaker.FAILURES).forEach(i -> breaker.unanswered());
        clock.move(Breaker.PAUSE);
        breaker.lets();

        assertThat(breaker.answered()).isTrue();

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.answered()).isFalse();
        IntStream.range(1, Breaker.FAILURES).forEach(i -> breaker.unanswered());
        assertThat(breaker.lets()).isTrue();
    }

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-05-01T12:00:00Z");

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
