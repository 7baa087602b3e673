package org.scepgate.mdm.intune;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.platform.ConfigurationException;

/** Settings that were found to work together. */
record IntuneSettings(IntuneConfig config, URI tokenEndpoint, URI graph, String clientId) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int LARGEST_BATCH = 500;
    // It becomes a segment of a URL.
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    /** @throws ConfigurationException naming the key */
    static IntuneSettings of(IntuneConfig config, OutboundClient http) {
        String tenant = require(config.tenant(), "tenant");
        check(TENANT.matcher(tenant).matches(), "tenant", "must be the tenant's id or domain");
        checkNumbers(config);
        String login = withoutSlash(config.loginUrl()) + "/" + tenant + "/oauth2/v2.0/token";
        return new IntuneSettings(
                config,
                http.requireUrl(key("login-url"), login),
                http.requireUrl(key("graph-url"), withoutSlash(config.graphUrl())),
                require(config.clientId(), "client-id"));
    }

    private static void checkNumbers(IntuneConfig config) {
        check(config.timeout().compareTo(SHORTEST) >= 0, "timeout", "must be at least " + SHORTEST);
        check(config.maxConcurrent() > 0, "max-concurrent", "must be at least 1");
        check(config.breaker().failures() > 0, "breaker.failures", "must be at least 1");
        check(config.breaker().pause().toSeconds() > 0, "breaker.pause", "must be at least a second");
        check(config.revocation().interval().toSeconds() > 0, "revocation.interval", "must be at least a second");
        int batch = config.revocation().batch();
        check(batch > 0 && batch <= LARGEST_BATCH, "revocation.batch", "must be 1 to " + LARGEST_BATCH);
    }

    /** A secret of its own setting, or the content of the file that its neighbour names. */
    static Optional<String> secret(Optional<String> value, Optional<Path> file, String key) {
        check(value.isEmpty() || file.isEmpty(), key, "is set beside " + key(key) + "-file: use one of them");
        return value.or(() -> file.map(path -> contentOf(path, key + "-file")));
    }

    private static String contentOf(Path file, String key) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(key(key), file + " cannot be read");
        }
    }

    static <T> T require(Optional<T> value, String key) {
        return value.orElseThrow(() -> new ConfigurationException(
                key(key), "is not set, and a profile has authenticate-by=intune; see docs/mdm/intune.md"));
    }

    static void check(boolean holds, String key, String message) {
        if (!holds) {
            throw new ConfigurationException(key(key), message);
        }
    }

    static String key(String name) {
        return IntuneConfig.PREFIX + "." + name;
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }
}
