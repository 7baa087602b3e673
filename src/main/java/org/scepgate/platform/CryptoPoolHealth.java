package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Liveness: whether the pool for cryptography goes on. A token that never ends what it was asked for keeps a thread for
 * ever, and a server all of whose threads are kept so serves nobody until it is started again.
 */
@Liveness
@Singleton
class CryptoPoolHealth implements HealthCheck {
    private static final String NAME = "cryptography";
    private static final Logger LOG = Logger.getLogger("org.scepgate.health");

    private final CryptoPool pool;
    private final Map<Thread, Long> told = new ConcurrentHashMap<>();

    CryptoPoolHealth(CryptoPool pool) {
        this.pool = pool;
    }

    @Override
    public HealthCheckResponse call() {
        Map<Thread, Long> standing = pool.standing();
        standing.forEach(this::tellOnce);
        if (standing.size() == pool.threads()) {
            LOG.error("no operation of the pool for cryptography has ended for a minute: does a PKCS#11 token hang?");
            return HealthCheckResponse.down(NAME);
        }
        return HealthCheckResponse.up(NAME);
    }

    /** Which thread, and where: one of several that is kept shows in nothing else. */
    private void tellOnce(Thread thread, Long since) {
        StackTraceElement[] stack = thread.getStackTrace();
        // It may have gone on before its stack was read.
        boolean stands = since.equals(pool.standing().get(thread));
        if (stands && !since.equals(told.put(thread, since))) {
            LOG.warnf(
                    "%s has been at one operation for a minute: %s",
                    thread.getName(),
                    Arrays.stream(stack).map(StackTraceElement::toString).collect(Collectors.joining(", ")));
        }
    }
}
