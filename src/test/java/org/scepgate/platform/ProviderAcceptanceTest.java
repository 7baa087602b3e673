package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.testing.TestIssuer.generateRsa;
import static org.scepgate.testing.TestIssuer.sign;

import java.util.List;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** The acceptance case of tokens as four identity providers write them; what is refused is in WireAcceptanceIT. */
class ProviderAcceptanceTest {
    private static final PublicJsonWebKey KEY = generateRsa("key-1");
    private static final List<String> ROLES = List.of("challenge-issuer");

    private final KnownIssuers issuers = new KnownIssuers()
            .with("entra-v2", "https://login.microsoftonline.com/tenant/v2.0", KEY)
            .with("entra-v1", "https://sts.windows.net/tenant/", KEY)
            .with("keycloak", "https://sso.example/realms/devices", KEY)
            .set("keycloak", "roles-claim", "realm_access/roles")
            .with("auth0", "https://acme.eu.auth0.com/", KEY)
            .set("auth0", "roles-claim", "permissions");

    @Test
    void acceptanceCase15TokensOfEntraKeycloakAndAuth0() {
        assertAccepted("entra-v2", "https://login.microsoftonline.com/tenant/v2.0", Map.of("azp", "c", "roles", ROLES));
        assertAccepted("entra-v1", "https://sts.windows.net/tenant/", Map.of("appid", "c", "roles", ROLES));
        assertAccepted(
                "keycloak",
                "https://sso.example/realms/devices",
                Map.of("azp", "c", "realm_access", Map.of("roles", ROLES)));
        assertAccepted("auth0", "https://acme.eu.auth0.com/", Map.of("azp", "c", "permissions", ROLES));
    }

    private void assertAccepted(String issuer, String iss, Map<String, Object> more) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(iss);
        claims.setAudience("scepgate");
        claims.setSubject("s");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        more.forEach(claims::setClaim);

        ClientPrincipal caller = issuers.accept(sign(claims, AlgorithmIdentifiers.RSA_USING_SHA256, KEY));

        assertThat(caller.getName()).isEqualTo(issuer + "::c");
        assertThat(caller.getGroups()).contains(Roles.CHALLENGE_ISSUER);
    }
}
