package org.scepgate.platform;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Builds the address of the next page of a list: the same query, after the last entry of this page. */
public final class NextPage {
    private final UriBuilder address;
    private final Map<String, Object> values = new HashMap<>();

    private NextPage(UriBuilder address) {
        this.address = address;
    }

    public static NextPage of(Class<?> resource) {
        return new NextPage(UriBuilder.fromResource(resource));
    }

    /** Adds a parameter; a null one is left out. */
    public NextPage parameter(String name, Object value) {
        if (value != null) {
            // A value of a template is encoded whatever it holds; a literal one could be taken for a template itself.
            address.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
        return this;
    }

    /** @param last the last entry of this page, or where it ended */
    public URI after(Object last) {
        return parameter("after", last).address.buildFromMap(values, true);
    }
}
