package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scepgate.testing.TestIssuer.sign;

import io.quarkus.security.AuthenticationFailedException;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.TestIssuer;

/** Tokens in the shapes that identity providers really make, each with the settings that an operator gives it. */
class IdentityProvidersTest {
    private static final PublicJsonWebKey KEY = TestIssuer.generateRsa("k1");
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    @Test
    void readsATokenOfEntraIdV2() {
        String iss = "https://login.microsoftonline.com/" + TENANT + "/v2.0";
        KnownIssuers entra = new KnownIssuers().with("entra", iss, KEY).set("entra", "audiences", APPLICATION);

        ClientPrincipal caller = entra.accept(token(
                iss,
                APPLICATION,
                Map.of(
                        "ver",
                        "2.0",
                        "tid",
                        TENANT,
                        "oid",
                        "o",
                        "sub",
                        "o",
                        "azp",
                        "intune-connector",
                        "azpacr",
                        "1",
                        "roles",
                        List.of("challenge-issuer"))));

        assertThat(caller.getName()).isEqualTo("entra::intune-connector");
        assertThat(caller.getGroups()).containsExactly(Roles.CHALLENGE_ISSUER);
    }

    @Test
    void readsATokenOfEntraIdV1() {
        String iss = "https://sts.windows.net/" + TENANT + "/";
        KnownIssuers entra = new KnownIssuers()
                .with("entra-v1", iss, KEY)
                .set("entra-v1", "audiences", "api://" + APPLICATION + "," + APPLICATION)
                .set("entra-v1", "role-mapping.Scep-Operator", "operator");

        ClientPrincipal caller = entra.accept(token(
                iss,
                "api://" + APPLICATION,
                Map.of(
                        "ver",
                        "1.0",
                        "appid",
                        "portal",
                        "appidacr",
                        "1",
                        "sub",
                        "o",
                        "roles",
                        List.of("Scep-Operator"))));

        assertThat(caller.getName()).isEqualTo("entra-v1::portal");
        assertThat(caller.getGroups()).containsExactly(Roles.OPERATOR);
    }

    @Test
    void readsATokenOfKeycloak() {
        String iss = "https://sso.example/realms/devices";
        KnownIssuers keycloak = new KnownIssuers()
                .with("keycloak", iss, KEY)
                .set("keycloak", "roles-claim", "realm_access/roles,resource_access/scepgate/roles");

        ClientPrincipal caller = keycloak.accept(token(
                iss,
                List.of("account", "scepgate"),
                Map.of(
                        "typ", "Bearer",
                        "azp", "mdm",
                        "sub", "8d0c",
                        "scope", "profile email operator",
                        "realm_access", Map.of("roles", List.of("offline_access", "auditor")),
                        "resource_access",
                                Map.of(
                                        "scepgate", Map.of("roles", List.of("challenge-issuer")),
                                        "account", Map.of("roles", List.of("operator"))))));

        assertThat(caller.getName()).isEqualTo("keycloak::mdm");
        assertThat(caller.getGroups()).containsExactlyInAnyOrder("offline_access", "auditor", "challenge-issuer");
    }

    @Test
    void readsATokenOfAuth0() {
        String iss = "https://acme.eu.auth0.com/";
        KnownIssuers auth0 = new KnownIssuers()
                .with("auth0", iss, KEY)
                .set("auth0", "roles-claim", "scope,permissions,https://acme.example/roles");

        ClientPrincipal caller = auth0.accept(token(
                iss,
                List.of("scepgate", iss + "userinfo"),
                Map.of(
                        "sub", "Xy12@clients",
                        "azp", "Xy12",
                        "gty", "client-credentials",
                        "scope", "challenge-issuer openid",
                        "permissions", List.of("auditor"),
                        "https://acme.example/roles", List.of("operator"))));

        assertThat(caller.getName()).isEqualTo("auth0::Xy12");
        assertThat(caller.getGroups()).contains("challenge-issuer", "auditor", "operator");
    }

    @Test
    void readsATokenOfOkta() {
        String iss = "https://acme.okta.com/oauth2/default";
        KnownIssuers okta = new KnownIssuers()
                .with("okta", iss, KEY)
                .set("okta", "audiences", "api://default")
                .set("okta", "client-claim", "cid")
                .set("okta", "roles-claim", "groups");

        ClientPrincipal caller = okta.accept(token(
                iss,
                "api://default",
                Map.of(
                        "ver",
                        1,
                        "cid",
                        "0oa1",
                        "sub",
                        "0oa1",
                        "scp",
                        List.of("operator"),
                        "groups",
                        List.of("challenge-issuer"))));

        assertThat(caller.getName()).isEqualTo("okta::0oa1");
        assertThat(caller.getGroups()).containsExactly(Roles.CHALLENGE_ISSUER);
    }

    @Test
    void givesNoRoleForWhatAUserLetsAnApplicationDo() {
        String iss = "https://idp.example";
        KnownIssuers idp = new KnownIssuers().with("idp", iss, KEY);

        ClientPrincipal textual = idp.accept(token(iss, "scepgate", Map.of("azp", "x", "scp", "operator auditor")));
        ClientPrincipal listed = idp.accept(token(iss, "scepgate", Map.of("azp", "x", "scp", List.of("operator"))));

        assertThat(textual.getGroups()).isEmpty();
        assertThat(listed.getGroups()).isEmpty();
    }

    @Test
    void takesOnlyMappedValuesWhereAnyIsMapped() {
        String iss = "https://idp.example";
        KnownIssuers idp = new KnownIssuers().with("idp", iss, KEY).set("idp", "role-mapping.\"Scep Ops\"", "operator");

        ClientPrincipal caller =
                idp.accept(token(iss, "scepgate", Map.of("azp", "x", "groups", List.of("Scep Ops", "auditor"))));

        assertThat(caller.getGroups()).containsExactly(Roles.OPERATOR);
    }

    @Test
    void takesNoRoleOutOfAClaimOfAnotherShape() {
        String iss = "https://idp.example";
        KnownIssuers idp =
                new KnownIssuers().with("idp", iss, KEY).set("idp", "roles-claim", "roles,realm_access/roles");

        ClientPrincipal caller = idp.accept(token(
                iss,
                "scepgate",
                Map.of("azp", "x", "roles", Map.of("operator", true), "realm_access", List.of("operator"))));

        assertThat(caller.getGroups()).isEmpty();
    }

    @Test
    void tellsClientsOfTheSameIdApartByTheirIssuer() {
        KnownIssuers two = new KnownIssuers()
                .withDefault("https://old.example", KEY)
                .with("partner", "https://partner.example", KEY);

        assertThat(two.accept(token("https://old.example", "scepgate", Map.of("azp", "mdm")))
                        .getName())
                .isEqualTo("mdm");
        assertThat(two.accept(token("https://partner.example", "scepgate", Map.of("azp", "mdm")))
                        .getName())
                .isEqualTo("partner::mdm");
        assertThatThrownBy(() -> two.accept(token("https://old.example", "scepgate", Map.of("azp", "partner::mdm"))))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    private static String token(String iss, Object audience, Map<String, Object> more) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(iss);
        claims.setClaim("aud", audience);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        more.forEach(claims::setClaim);
        return sign(claims, AlgorithmIdentifiers.RSA_USING_SHA256, KEY);
    }
}
