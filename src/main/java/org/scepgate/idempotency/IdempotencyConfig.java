package org.scepgate.idempotency;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What seals answers that are kept; without it the header Idempotency-Key is refused. */
@ConfigMapping(prefix = "scepgate.idempotency")
public interface IdempotencyConfig {
    /** 256 random bits in hex, the same on every server. */
    Optional<String> key();

    /** A file that holds the key instead. */
    Optional<Path> keyFile();
}
