package org.scepgate.mdm;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may call an adapter: HTTP Basic, or a header with a fixed value. */
public interface AccountConfig {
    Optional<String> username();

    /** Of the password, as the command {@code hash-password} prints it. */
    Optional<String> passwordHash();

    /** The header that holds the fixed value. */
    @WithDefault("Authorization")
    String headerName();

    /** Of the header's whole value, likewise. */
    Optional<String> headerHash();
}
