package org.scepgate.platform;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;

/**
 * Where an identity provider puts the client and its roles.
 *
 * @param clientClaims the first of them that is there names the client
 * @param rolesClaims paths such as {@code realm_access/roles}; what all of them hold counts
 * @param roleMapping their value to our role; empty: roles are spelled as ours
 */
record TokenClaims(List<String> clientClaims, List<String> rolesClaims, Map<String, String> roleMapping) {
    // RFC 8693 section 4.2: one text with spaces, unlike every other claim.
    private static final String SCOPE = "scope";

    TokenClaims {
        clientClaims = List.copyOf(clientClaims);
        rolesClaims = List.copyOf(rolesClaims);
        roleMapping = Map.copyOf(roleMapping);
    }

    Optional<String> clientOf(JwtClaims claims) {
        return clientClaims.stream()
                .map(claims::getClaimValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    Set<String> rolesOf(JwtClaims claims) {
        Stream<String> held = rolesClaims.stream().flatMap(path -> textsAt(path, claims));
        return (roleMapping.isEmpty() ? held : held.map(roleMapping::get).filter(Objects::nonNull))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> textsAt(String path, JwtClaims claims) {
        Object found = valueAt(path, claims);
        if (found instanceof String text) {
            return path.equals(SCOPE) ? Arrays.stream(text.split(" ")) : Stream.of(text);
        }
        return found instanceof Collection<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }

    private static Object valueAt(String path, JwtClaims claims) {
        if (claims.hasClaim(path)) {
            // Auth0's own claims are named by URLs, which have slashes too.
            return claims.getClaimValue(path);
        }
        Object value = claims.getClaimsMap();
        for (String step : path.split("/")) {
            value = value instanceof Map<?, ?> inner ? inner.get(step) : null;
        }
        return value;
    }
}
