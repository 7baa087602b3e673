package org.scepgate.testing;

import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** In the place of the system's clock: as that one, until a test puts it forward. */
@Alternative
@Singleton
public class MovedClock {
    private static volatile Duration ahead = Duration.ZERO;

    /** From now on, by so much; {@link Duration#ZERO} puts it right again. */
    public static void putForward(Duration time) {
        ahead = time;
    }

    @Produces
    @Singleton
    Clock moved() {
        InstantSource source = () -> Instant.now().plus(ahead);
        return source.withZone(ZoneOffset.UTC);
    }
}
