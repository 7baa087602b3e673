package org.scepgate.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The identity providers whose tokens are accepted, by name; what {@code mp.jwt.*} says is one more, {@code default}. */
@ConfigMapping(prefix = IssuersConfig.PREFIX)
public interface IssuersConfig {
    String PREFIX = "scepgate.issuers";
    String ALGORITHMS = "RS256,ES256,PS256";
    String ROLES_CLAIM = "roles,groups";
    // Keycloak, Auth0 and Entra ID v2 say azp, Entra ID v1 appid, RFC 9068 client_id; sub is what is left.
    String CLIENT_CLAIM = "azp,appid,client_id,sub";
    String CLOCK_SKEW = "PT30S";

    @WithParentName
    Map<String, IssuerConfig> issuers();

    /** One identity provider. */
    interface IssuerConfig {
        /** Exactly what its tokens say as {@code iss}. */
        String issuer();

        /** A token must name one of them as {@code aud}. */
        List<String> audiences();

        /** Where its keys are fetched; or {@link #jwksFile()}, or {@link #publicKey()}. */
        Optional<String> jwksUrl();

        /** A file with a JWKS or a PEM public key. */
        Optional<String> jwksFile();

        /** The JWKS or the PEM public key itself. */
        Optional<String> publicKey();

        @WithDefault(ALGORITHMS)
        List<String> algorithms();

        /** Claims that hold roles, such as {@code roles}, {@code realm_access/roles} or {@code scope}. */
        @WithDefault(ROLES_CLAIM)
        List<String> rolesClaim();

        /** Claims that may name the client; the first one there does. */
        @WithDefault(CLIENT_CLAIM)
        List<String> clientClaim();

        /** Their value to our role; where anything is mapped, nothing else is a role. */
        Map<String, String> roleMapping();

        @WithDefault(CLOCK_SKEW)
        Duration clockSkew();
    }
}
