package org.scepgate.payload;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Who signs configuration profiles for Apple devices; without a keystore they are not signed. */
@ConfigMapping(prefix = "scepgate.apple-profile.signer")
public interface SignerConfig {
    /** PKCS#12 with one key, its certificate and those above it. */
    Optional<Path> keystore();

    Optional<String> password();

    /** A file that holds the password instead. */
    Optional<Path> passwordFile();
}
