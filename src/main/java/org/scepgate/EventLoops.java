package org.scepgate;

import org.eclipse.microprofile.config.Config;

/**
 * How many event loops the server has: one for every two cores, where Quarkus would make four. They do a quarter of the work,
 * the pool for cryptography the rest; few that are busy sleep and wake less often than many that are not.
 */
final class EventLoops {
    static final String NUMBER = "quarkus.vertx.event-loops-pool-size";

    private EventLoops() {}

    /** Sets the number unless somebody chose one; system properties are the one source that can still be added to. */
    static void complete(Config config, int cores) {
        if (config.getOptionalValue(NUMBER, String.class).isEmpty()) {
            System.setProperty(NUMBER, Integer.toString(Math.max(1, cores / 2)));
        }
    }
}
