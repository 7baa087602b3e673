package org.scepgate.outbound;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of outbound calls as a test has them. */
record Settings(
        Optional<List<String>> allowedNetworks,
        boolean allowHttp,
        Optional<URI> proxy,
        Optional<Path> trustedCertificates)
        implements OutboundConfig {

    static final Settings DEFAULT = new Settings(Optional.empty(), false, Optional.empty(), Optional.empty());
    static final Settings LOOPBACK =
            new Settings(Optional.of(List.of("127.0.0.0/8")), true, Optional.empty(), Optional.empty());

    static Settings allowing(String... networks) {
        return new Settings(Optional.of(List.of(networks)), false, Optional.empty(), Optional.empty());
    }
}
