package org.scepgate.outbound;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What was answered, whatever its status; a redirect is such an answer and never followed. */
public record OutboundAnswer(int status, MultiMap headers, Buffer body) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
