package org.scepgate.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the audit log is sealed. */
@ConfigMapping(prefix = "scepgate.audit")
public interface SealConfig {

    @WithDefault("PT5S")
    Duration sealInterval();

    /** A secret of at least 32 characters, the same on every server; without it whoever owns the database can seal. */
    Optional<Path> sealKeyFile();

    /** Each seal becomes a line of this file. */
    Optional<Path> anchorFile();

    /** Each seal is posted to this URL. */
    Optional<URI> anchorUrl();
}
