package org.scepgate.enrollment;

import java.util.Optional;
import org.scepgate.policy.Texts;

/**
 * Who sent a request, as far as HTTP tells.
 *
 * @param sourceAddress as the socket saw it
 */
record Sender(String sourceAddress, Optional<String> userAgent) {
    Sender {
        userAgent = userAgent.map(Texts::shortened);
    }
}
