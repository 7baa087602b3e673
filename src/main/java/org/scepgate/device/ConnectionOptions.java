package org.scepgate.device;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say where the server is. */
final class ConnectionOptions {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "the SCEP URL of a profile, such as https://scep.example/scep/demo")
    private URI url;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long to wait for an answer (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    ScepClient client() throws CommandException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw CommandException.usage("--url must be an http or https URL");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw CommandException.usage("--url must have no query: operation and message are added to it");
        }
        if (timeoutSeconds < 1) {
            throw CommandException.usage("--timeout must be a second at least");
        }
        return new ScepClient(url, Duration.ofSeconds(timeoutSeconds));
    }
}
