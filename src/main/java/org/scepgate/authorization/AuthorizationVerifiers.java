package org.scepgate.authorization;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.RequestSigner;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.RequestConfig;

/** Makes a verifier of the settings of a profile, or says which key is wrong. */
@Singleton
public class AuthorizationVerifiers {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final OutboundClient client;
    private final RequestConfig requests;
    private final ObjectMapper json;
    private final Clock clock;

    AuthorizationVerifiers(OutboundClient client, RequestConfig requests, ObjectMapper json, Clock clock) {
        this.client = client;
        this.requests = requests;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Empty for a profile that asks nobody.
     *
     * @param prefix the beginning of its keys, with its dot
     * @throws ConfigurationException naming the key, if the endpoint could not be asked
     */
    public Optional<AuthorizationVerifier> of(String profile, String prefix, AuthorizationConfig settings) {
        if (settings.url().isEmpty()) {
            requireNothingElse(prefix, settings);
            return Optional.empty();
        }
        requireUsable(prefix, settings);
        AuthorizationEndpoint endpoint = new AuthorizationEndpoint(
                client.requireUrl(prefix + "url", settings.url().get()),
                settings.timeout(),
                RequestSigner.of(prefix, settings),
                client,
                json,
                clock);
        return Optional.of(new AuthorizationVerifier(profile, endpoint, settings.concurrency(), new Breaker(clock)));
    }

    /** Whoever set a secret wants somebody to be asked: a profile that asks nobody then would issue too much. */
    private static void requireNothingElse(String prefix, AuthorizationConfig settings) {
        if (settings.secret().isPresent() || settings.secretFile().isPresent()) {
            throw new ConfigurationException(prefix + "url", "is not set beside its secret");
        }
    }

    private void requireUsable(String prefix, AuthorizationConfig settings) {
        if (settings.timeout().compareTo(SHORTEST) < 0 || settings.timeout().compareTo(requests.timeout()) >= 0) {
            throw new ConfigurationException(
                    prefix + "timeout",
                    "must be at least " + SHORTEST + " and less than scepgate.request.timeout, " + requests.timeout());
        }
        if (settings.concurrency() < 1 || settings.concurrency() > OutboundClient.MOST_AT_ONCE) {
            throw new ConfigurationException(prefix + "concurrency", "must be 1 to " + OutboundClient.MOST_AT_ONCE);
        }
    }
}
