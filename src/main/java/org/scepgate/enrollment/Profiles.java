package org.scepgate.enrollment;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scepgate.ca.CaGenerations;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.FastCrypto;
import org.scepgate.challenge.OfferedProfile;
import org.scepgate.challenge.OutsideAuthorities;
import org.scepgate.challenge.ProfileCatalog;
import org.scepgate.challenge.StaticChallenges;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.CryptoConfig;
import org.scepgate.policy.Authentication;

/** What is served, by name: made of the configuration at start, which stops if a profile could not work. */
@Startup
@Singleton
public class Profiles implements ProfileCatalog {
    private final Map<String, ScepEndpoint> endpoints = new LinkedHashMap<>();
    private final URI baseUrl;
    private final Optional<String> defaultName;
    private final Optional<String> ndesName;

    Profiles(
            EndpointConfig config,
            CryptoConfig crypto,
            NdesPathConfig ndes,
            StaticChallenges shared,
            OutsideAuthorities authorities,
            Clock clock) {
        FastCrypto fast = crypto.provider() == CryptoConfig.Provider.JDK ? FastCrypto.none() : FastCrypto.load();
        EndpointFactory factory = new EndpointFactory(config, fast, clock.instant());
        config.profiles().keySet().forEach(name -> endpoints.put(name, factory.create(name)));
        endpoints.values().stream()
                .map(ScepEndpoint::profile)
                .filter(profile -> profile.authenticateBy() == Authentication.STATIC)
                .forEach(profile -> shared.requireConfigured(profile.name()));
        this.baseUrl = config.baseUrl();
        this.ndesName = ndes.profile();
        this.defaultName = config.defaultProfile().or(this::onlyName);
        requireKnownDefault();
        endpoints.values().stream()
                .map(endpoint -> endpoint.profile().authenticateBy())
                .filter(Authentication::asksOutside)
                .forEach(authorities::requireConfigured);
    }

    private Optional<String> onlyName() {
        return endpoints.size() == 1 ? endpoints.keySet().stream().findFirst() : Optional.empty();
    }

    private void requireKnownDefault() {
        if (defaultName.isPresent() && !endpoints.containsKey(defaultName.get())) {
            throw new ConfigurationException(
                    "scepgate.default-profile", "there is no profile " + defaultName.get() + " in scepgate.profiles");
        }
    }

    List<ScepEndpoint> all() {
        return List.copyOf(endpoints.values());
    }

    Optional<String> defaultName() {
        return defaultName;
    }

    /** The profile that stands in the place of an NDES. */
    Optional<String> ndesName() {
        return ndesName;
    }

    /** @throws ApiException 404, if no profile has this name */
    ScepEndpoint require(String name) {
        ScepEndpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw ApiException.notFound("scep.profile-unknown", "no such profile");
        }
        return endpoint;
    }

    /** The CAs that profiles name, each once. */
    List<CaGenerations> authorities() {
        return endpoints.values().stream().map(ScepEndpoint::ca).distinct().toList();
    }

    Optional<ScepEndpoint> findEndpoint(String name) {
        return Optional.ofNullable(endpoints.get(name));
    }

    @Override
    public Optional<OfferedProfile> find(String name) {
        return Optional.ofNullable(endpoints.get(name)).map(this::offered);
    }

    private OfferedProfile offered(ScepEndpoint endpoint) {
        URI scepUrl = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/scep/"
                + endpoint.profile().name());
        CaKeys ca = endpoint.ca().current();
        return new OfferedProfile(endpoint.profile(), ca.fingerprintSha256(), scepUrl, ca.chain());
    }
}
