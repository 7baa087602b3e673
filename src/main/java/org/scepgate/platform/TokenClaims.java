package org.scepgate.platform;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;

/** Where the identity providers put the client and its roles; scopes of a user's token (scp) are no roles. */
final class TokenClaims {
    // Keycloak, Auth0 and Entra ID v2 say azp, Entra ID v1 appid, RFC 9068 client_id; sub is what is left.
    private static final List<String> CLIENT_CLAIMS = List.of("azp", "appid", "client_id", "sub");
    private static final List<String> ROLE_CLAIMS = List.of("roles", "groups");
    private static final Pattern CLIENT_ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\u2028\\u2029]{1,255}");

    private TokenClaims() {}

    static Optional<String> clientOf(JwtClaims claims) {
        return CLIENT_CLAIMS.stream()
                .map(claims::getClaimValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(id -> CLIENT_ID.matcher(id).matches())
                .findFirst();
    }

    static Set<String> rolesOf(JwtClaims claims) {
        Set<String> roles = new HashSet<>();
        ROLE_CLAIMS.forEach(claim -> addTexts(claims.getClaimValue(claim), roles));
        return roles;
    }

    private static void addTexts(Object claim, Set<String> texts) {
        if (claim instanceof String text) {
            texts.add(text);
        } else if (claim instanceof Collection<?> list) {
            list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(texts::add);
        }
    }
}
