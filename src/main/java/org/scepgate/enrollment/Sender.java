package org.scepgate.enrollment;

import java.util.Optional;
import org.scepgate.policy.Texts;

/**
 * Who sent a request, as far as HTTP tells.
 *
 * @param sourceAddress as the socket saw it
 * @param arrivedNanos when, by {@link System#nanoTime()}
 */
record Sender(String sourceAddress, Optional<String> userAgent, long arrivedNanos) {
    Sender {
        userAgent = userAgent.map(Texts::shortened);
    }
}
