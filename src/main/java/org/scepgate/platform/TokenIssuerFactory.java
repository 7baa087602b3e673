package org.scepgate.platform;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKey;
import org.scepgate.platform.IssuersConfig.IssuerConfig;
import org.scepgate.platform.TokenIssuer.Acceptance;

/** Makes issuers of the settings, and stops the start where one could not work. */
@Singleton
class TokenIssuerFactory {
    // Neither "none" nor HMAC can be configured.
    private static final Set<String> KNOWN_ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
    private static final Duration WIDEST_SKEW = Duration.ofMinutes(5);
    private static final String SCP = "scp";
    private static final String MP_JWT_LOCATION = "mp.jwt.verify.publickey.location";
    // Quarkus' development mode fills in this word for keys that are not set.
    private static final String SMALLRYE_NOT_SET = "NONE";

    private final Clock clock;
    private final KeySetClient client = new KeySetClient();
    private final Optional<List<String>> mpJwtAudiences;
    private final Optional<String> mpJwtKey;
    private final Optional<String> mpJwtLocation;

    TokenIssuerFactory(
            Clock clock,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> mpJwtAudiences,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> mpJwtKey,
            @ConfigProperty(name = MP_JWT_LOCATION) Optional<String> mpJwtLocation) {
        this.clock = clock;
        this.mpJwtAudiences = mpJwtAudiences;
        this.mpJwtKey = mpJwtKey.filter(text -> !text.equals(SMALLRYE_NOT_SET));
        this.mpJwtLocation = mpJwtLocation.filter(text -> !text.equals(SMALLRYE_NOT_SET));
    }

    /** The one issuer of MicroProfile's settings, as it is without any other. */
    Optional<TokenIssuer> ofMpJwt(String iss) {
        return mpJwtAudiences.map(audiences -> new TokenIssuer(
                CallerId.DEFAULT_ISSUER,
                iss,
                new Acceptance(audiences, listed(IssuersConfig.ALGORITHMS), Duration.parse(IssuersConfig.CLOCK_SKEW)),
                new TokenClaims(
                        List.of(IssuersConfig.CLIENT_CLAIM.split(",")),
                        List.of(IssuersConfig.ROLES_CLAIM.split(",")),
                        Map.of()),
                mpJwtKeys()));
    }

    private KeySet mpJwtKeys() {
        if (mpJwtLocation.filter(TrustedKeys::isUrl).isPresent()) {
            return remote(CallerId.DEFAULT_ISSUER, MP_JWT_LOCATION, mpJwtLocation.get());
        }
        TrustedKeys keys = new TrustedKeys(MP_JWT_LOCATION);
        return KeySet.of(mpJwtKey.map(keys::in)
                .or(() -> mpJwtLocation.map(keys::at))
                .orElseThrow(() -> new ConfigurationException(MP_JWT_LOCATION, "is not set")));
    }

    TokenIssuer create(String name, IssuerConfig settings) {
        String prefix = IssuersConfig.PREFIX + "." + name + ".";
        require(CallerId.isIssuerName(name), prefix + "issuer", "needs a name of up to 32 small letters, digits and -");
        require(!settings.issuer().isBlank(), prefix + "issuer", "is not set");
        require(!settings.audiences().isEmpty(), prefix + "audiences", "is not set");
        return new TokenIssuer(
                name, settings.issuer(), acceptance(prefix, settings), claims(prefix, settings), keys(name, settings));
    }

    private static Acceptance acceptance(String prefix, IssuerConfig settings) {
        settings.algorithms()
                .forEach(algorithm -> require(
                        KNOWN_ALGORITHMS.contains(algorithm), prefix + "algorithms", "does not know " + algorithm));
        Duration skew = settings.clockSkew();
        require(
                !skew.isNegative() && skew.compareTo(WIDEST_SKEW) <= 0,
                prefix + "clock-skew",
                "must be PT0S to " + WIDEST_SKEW);
        return new Acceptance(settings.audiences(), new HashSet<>(settings.algorithms()), skew);
    }

    private static TokenClaims claims(String prefix, IssuerConfig settings) {
        require(
                !settings.rolesClaim().contains(SCP),
                prefix + "roles-claim",
                "names scp: what a user lets an application do is no role of that application");
        settings.roleMapping()
                .forEach((theirs, ours) -> require(
                        Roles.ALL.contains(ours),
                        prefix + "role-mapping." + theirs,
                        "is none of " + Roles.ALL + ": " + ours));
        return new TokenClaims(settings.clientClaim(), settings.rolesClaim(), settings.roleMapping());
    }

    private KeySet keys(String name, IssuerConfig settings) {
        String prefix = IssuersConfig.PREFIX + "." + name + ".";
        long places = List.of(settings.jwksUrl(), settings.jwksFile(), settings.publicKey()).stream()
                .filter(Optional::isPresent)
                .count();
        require(places == 1, prefix + "jwks-url", "or jwks-file or public-key must be set, one of them");
        if (settings.jwksUrl().isPresent()) {
            return remote(name, prefix + "jwks-url", settings.jwksUrl().get());
        }
        List<JsonWebKey> keys = settings.jwksFile()
                .map(file -> new TrustedKeys(prefix + "jwks-file").at(file))
                .orElseGet(() -> new TrustedKeys(prefix + "public-key")
                        .in(settings.publicKey().orElseThrow()));
        return KeySet.of(keys);
    }

    private KeySet remote(String name, String key, String url) {
        RemoteKeySet keys = new RemoteKeySet(name, client.source(key, url), clock);
        keys.prepare();
        return keys;
    }

    private static Set<String> listed(String text) {
        return Set.of(text.split(","));
    }

    private static void require(boolean holds, String key, String problem) {
        if (!holds) {
            throw new ConfigurationException(key, problem);
        }
    }
}
