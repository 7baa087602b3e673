package org.scepgate.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final InstantSource source = () -> now;
    private final Breaker breaker = new Breaker(source.withZone(ZoneOffset.UTC));

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

        now = now.plus(Breaker.PAUSE);

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();
        now = now.plus(Breaker.PAUSE);
        assertThat(breaker.lets()).as("nobody knows what became of the first").isTrue();
    }

    @Test
    void forgetsOnceItIsAnswered() {
        IntStream.range(0, Breaker.FAILURES).forEach(i -> breaker.unanswered());
        now = now.plus(Breaker.PAUSE);
        breaker.lets();

        assertThat(breaker.answered()).isTrue();

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.answered()).isFalse();
        IntStream.range(1, Breaker.FAILURES).forEach(i -> breaker.unanswered());
        assertThat(breaker.lets()).isTrue();
    }
}
