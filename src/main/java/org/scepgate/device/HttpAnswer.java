package org.scepgate.device;

import java.time.Duration;
import java.util.Optional;

/** What a SCEP server answered over HTTP. */
record HttpAnswer(int status, Optional<String> contentType, byte[] body, Duration took) {
    boolean isOk() {
        return status == 200;
    }
}
