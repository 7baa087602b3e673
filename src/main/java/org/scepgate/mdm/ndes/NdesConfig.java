package org.scepgate.mdm.ndes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.scepgate.mdm.NameConfig;

/** The place of an NDES that this server takes. */
@ConfigMapping(prefix = "scepgate.mdm.ndes")
public interface NdesConfig {
    /** The profile behind {@code /certsrv}; without it there is none. */
    Optional<String> profile();

    NameConfig names();

    Map<String, AccountConfig> accounts();

    /** How the page is written: {@code utf-16le} as NDES does, or {@code utf-8}. */
    @WithDefault("utf-16le")
    String encoding();

    /** How many passwords may be open at once. */
    @WithDefault("5")
    int maxPasswords();

    /** In hex digits. */
    @WithDefault("32")
    int passwordLength();

    @WithDefault("PT60M")
    Duration ttl();

    /** A user of the page, by HTTP Basic. */
    interface AccountConfig {
        String username();

        /** Of the password, as the command {@code hash-password} prints it. */
        String passwordHash();

        /** Without it the page says that the user has no permission. */
        @WithDefault("true")
        boolean mayEnroll();
    }
}
