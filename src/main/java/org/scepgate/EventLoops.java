package org.scepgate;

import org.eclipse.microprofile.config.Config;

/**
 * How many event loops the server has: one for every two cores, where Quarkus would make four. They do a quarter of the work,
 * the pool for cryptography the rest; few that are busy sleep and wake less often than many that are not.
 *
 * <p>Where the server itself ends TLS, its handshakes are work of the event loops, and Quarkus' number stays.
 */
final class EventLoops {
    static final String NUMBER = "quarkus.vertx.event-loops-pool-size";
    static final String TLS = "quarkus.http.tls-configuration-name";

    // Of heap for each, as Quarkus reckons it: a machine may have many cores, and the container little memory.
    private static final long BYTES_FOR_EACH = 10 * 1024 * 1024;

    private EventLoops() {}

    /**
     * Sets the number unless somebody chose one; system properties are the one source that can still be added to.
     *
     * @param heap bytes that it may have at most
     */
    static void complete(Config config, int cores, long heap) {
        if (isSet(config, NUMBER) || isSet(config, TLS)) {
            return;
        }
        long number = Math.max(1, Math.min(cores / 2, heap / BYTES_FOR_EACH));
        System.setProperty(NUMBER, Long.toString(number));
    }

    private static boolean isSet(Config config, String key) {
        return config.getOptionalValue(key, String.class).isPresent();
    }
}
