package org.scepgate.platform;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/** A client whose token was accepted: named by its client id, with the roles of the token as its groups. */
final class ClientPrincipal extends DefaultJWTCallerPrincipal {
    private final String clientId;
    private final Set<String> roles;

    ClientPrincipal(JwtClaims claims, String clientId, Set<String> roles) {
        super(claims);
        this.clientId = clientId;
        this.roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return clientId;
    }

    @Override
    public Set<String> getGroups() {
        return roles;
    }
}
