package org.scepgate.outbound;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request to an address that was configured, see {@link OutboundClient#requireUrl}.
 *
 * @param body null for none
 * @param limit for the whole of it, from the look-up of the name to the last octet of the answer
 */
public record OutboundRequest(HttpMethod method, URI url, Map<String, String> headers, Buffer body, Duration limit) {

    public OutboundRequest {
        Objects.requireNonNull(method, "method");
        if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
            throw new IllegalArgumentException("no URL that can be called");
        }
        headers = Map.copyOf(headers);
        Objects.requireNonNull(limit, "limit");
    }

    public static OutboundRequest get(URI url, Duration limit) {
        return new OutboundRequest(HttpMethod.GET, url, Map.of(), null, limit);
    }

    public static OutboundRequest post(URI url, String contentType, Buffer body, Duration limit) {
        return new OutboundRequest(HttpMethod.POST, url, Map.of("Content-Type", contentType), body, limit);
    }

    /** The same with more headers. */
    public OutboundRequest with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new OutboundRequest(method, url, all, body, limit);
    }
}
