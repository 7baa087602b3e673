package org.scepgate.platform;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The identity providers whose tokens are accepted, each known by the exact {@code iss} of its tokens. */
@Startup
@Singleton
public class TokenIssuers {
    private static final String MP_JWT_ISSUER = "mp.jwt.verify.issuer";

    private final Map<String, TokenIssuer> byIss = new LinkedHashMap<>();
    private final Map<String, TokenIssuer> byName = new LinkedHashMap<>();

    TokenIssuers(
            IssuersConfig config,
            TokenIssuerFactory factory,
            @ConfigProperty(name = MP_JWT_ISSUER) Optional<String> mpJwtIssuer) {
        mpJwtIssuer
                .filter(iss -> !iss.isBlank())
                .flatMap(factory::ofMpJwt)
                .ifPresent(issuer -> add(MP_JWT_ISSUER, issuer));
        config.issuers()
                .forEach((name, settings) ->
                        add(IssuersConfig.PREFIX + "." + name + ".issuer", factory.create(name, settings)));
    }

    private void add(String key, TokenIssuer issuer) {
        if (byName.putIfAbsent(issuer.name(), issuer) != null) {
            throw new ConfigurationException(
                    key,
                    "is the issuer called " + issuer.name() + " already, by " + MP_JWT_ISSUER + ": use one of them");
        }
        TokenIssuer other = byIss.putIfAbsent(issuer.issuer(), issuer);
        if (other != null) {
            throw new ConfigurationException(
                    key, "is the same as that of issuer " + other.name() + ": nobody could tell their tokens apart");
        }
    }

    /** By what the configuration calls them. */
    public Set<String> names() {
        return byName.keySet();
    }

    Optional<TokenIssuer> find(String iss) {
        return Optional.ofNullable(byIss.get(iss));
    }
}
