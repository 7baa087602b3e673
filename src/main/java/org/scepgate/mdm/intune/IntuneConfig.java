package org.scepgate.mdm.intune;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Microsoft Intune is asked; needed where a profile has {@code authenticate-by=intune}. */
@ConfigMapping(prefix = IntuneConfig.PREFIX)
public interface IntuneConfig {
    String PREFIX = "scepgate.intune";

    /** The tenant's id or one of its domains. */
    Optional<String> tenant();

    /** The app registration's application (client) id. */
    Optional<String> clientId();

    Optional<String> clientSecret();

    Optional<Path> clientSecretFile();

    /** In place of a secret: PKCS#12 with the RSA key whose certificate the app registration has. */
    Optional<Path> clientKeystore();

    Optional<String> clientKeystorePassword();

    Optional<Path> clientKeystorePasswordFile();

    /** Where tokens come from; another one in sovereign clouds. */
    @WithDefault("https://login.microsoftonline.com")
    String loginUrl();

    /** Where the addresses of Intune's services come from. */
    @WithDefault("https://graph.microsoft.com")
    String graphUrl();

    @WithDefault("https://graph.microsoft.com/.default")
    String graphScope();

    /** The double slash is right. */
    @WithDefault("https://api.manage.microsoft.com//.default")
    String intuneScope();

    /** What Intune shows as the caller: name and version. */
    @WithDefault("Scepgate/1.0")
    String callerInfo();

    /** For each call; a first enrolment makes up to five. */
    @WithDefault("PT5S")
    Duration timeout();

    /** How many requests are judged at once; more get 503. */
    @WithDefault("32")
    int maxConcurrent();

    /** Whether a certificate that Intune was not told of is revoked, and its device refused. */
    @WithDefault("true")
    boolean requireNotification();

    BreakerConfig breaker();

    RevocationConfig revocation();

    /** When Intune is not asked any more, because it does not answer. */
    interface BreakerConfig {
        /** After so many failures in a row. */
        @WithDefault("5")
        int failures();

        /** For so long; then one request tries. */
        @WithDefault("PT30S")
        Duration pause();
    }

    /** The certificates that Intune wants revoked. */
    interface RevocationConfig {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("PT15M")
        Duration interval();

        /** How many are fetched at once, 500 at most. */
        @WithDefault("50")
        int batch();
    }
}
