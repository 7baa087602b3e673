package org.scepgate.device;

import java.time.Duration;
import java.util.Optional;

/**
 * What a SCEP server answered over HTTP.
 *
 * @param retryAfter seconds, where the server names them
 */
record HttpAnswer(int status, Optional<String> contentType, Optional<String> retryAfter, byte[] body, Duration took) {
    boolean isOk() {
        return status == 200;
    }
}
