package org.scepgate.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock of the service; tests put a fixed one in its place. */
@ApplicationScoped
class ClockProducer {

    @Produces
    @Singleton
    Clock utc() {
        return Clock.systemUTC();
    }
}
