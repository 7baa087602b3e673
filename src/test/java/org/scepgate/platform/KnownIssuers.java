package org.scepgate.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/** Builds what judges tokens from settings, as the server does at its start. */
final class KnownIssuers {
    static final String AUDIENCE = "scepgate";
    private static final CryptoPool POOL = new CryptoPool(new CryptoPoolTest.Sizes(1, 100), new SimpleMeterRegistry());

    private final Map<String, String> settings = new HashMap<>();
    private Optional<String> mpJwtIssuer = Optional.empty();
    private Optional<String> mpJwtKey = Optional.empty();

    /** An issuer with this key and otherwise the defaults. */
    KnownIssuers with(String name, String iss, PublicJsonWebKey... keys) {
        return set(name, "issuer", iss).set(name, "audiences", AUDIENCE).set(name, "public-key", jwks(keys));
    }

    KnownIssuers set(String name, String key, String value) {
        settings.put("scepgate.issuers." + name + "." + key, value);
        return this;
    }

    KnownIssuers without(String name, String key) {
        settings.remove("scepgate.issuers." + name + "." + key);
        return this;
    }

    /** The issuer of {@code mp.jwt.*}. */
    KnownIssuers withDefault(String iss, PublicJsonWebKey key) {
        mpJwtIssuer = Optional.of(iss);
        mpJwtKey = Optional.of(jwks(key));
        return this;
    }

    TokenIssuers issuers() {
        IssuersConfig config = new SmallRyeConfigBuilder()
                .withMapping(IssuersConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(IssuersConfig.class);
        TokenIssuerFactory factory = new TokenIssuerFactory(
                Clock.systemUTC(), mpJwtIssuer.map(any -> List.of(AUDIENCE)), mpJwtKey, Optional.empty());
        return new TokenIssuers(config, factory, mpJwtIssuer);
    }

    ClientTokens tokens() {
        return tokens(POOL);
    }

    ClientTokens tokens(CryptoPool pool) {
        return new ClientTokens(issuers(), pool);
    }

    /** The caller that this token makes; throws what refuses it. */
    ClientPrincipal accept(String token) {
        return tokens().principalOf(token).await().indefinitely();
    }

    static String jwks(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
