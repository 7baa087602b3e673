package org.scepgate.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which addresses may be called, and how they are reached. */
@ConfigMapping(prefix = OutboundConfig.PREFIX)
public interface OutboundConfig {
    String PREFIX = "scepgate.outbound";

    /** Networks that may be called although they are not public, such as {@code 10.20.0.0/16}. */
    Optional<List<String>> allowedNetworks();

    /** Whether addresses in {@link #allowedNetworks()} may be called without TLS. */
    @WithDefault("false")
    boolean allowHttp();

    /** An HTTP proxy, such as {@code http://proxy.acme.example:3128}; it resolves names and must refuse what we would. */
    Optional<URI> proxy();

    /** A PEM file of CAs that are trusted beside those of the JVM. */
    Optional<Path> trustedCertificates();
}
