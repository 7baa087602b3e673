package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Raises the alarm about an address whose requests are refused too often to write each of them down. */
@Singleton
public class FailedChallenges {
    private final AlertConfig config;
    private final AlarmStore store;
    private final Clock clock;

    FailedChallenges(AlertConfig config, AlarmStore store, Clock clock) {
        this.config = config;
        this.store = store;
        this.clock = clock;
    }

    /** Once in the window of alarms, whichever server is the first; not where these alarms are off. */
    public Uni<Void> throttled(String sourceAddress, int perMinute) {
        return config.failuresPerAddress() <= 0
                ? Uni.createFrom().voidItem()
                : store.raise(Alarm.throttled(sourceAddress, perMinute), clock.instant(), config.window());
    }
}
